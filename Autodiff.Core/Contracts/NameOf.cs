namespace Autodiff;

/// <summary>The name of an op's type, made once: ahead-of-time code makes a new string at every <c>typeof(T).Name</c>.</summary>
internal static class NameOf<TOp>
{
    public static readonly string Value = typeof(TOp).Name;
}
