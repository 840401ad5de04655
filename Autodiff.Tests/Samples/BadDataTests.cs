using Autodiff.Samples;
using NUnit.Framework;
using Shouldly;

namespace Autodiff.Tests;

/// <summary>A broken file is told by file, line, column, what came and what is needed.</summary>
[TestFixture]
public sealed class BadDataTests
{
    private string _folder = "";

    private static string Shipped => Path.Combine(AppContext.BaseDirectory, "data");

    [SetUp]
    public void MakeFolder() => _folder = Directory.CreateTempSubdirectory("autodiff").FullName;

    [TearDown]
    public void RemoveFolder() => Directory.Delete(_folder, true);

    [Test]
    public void AMissingFileNamesTheFolder() =>
        Message(() => Splice.Load(_folder)).ShouldBe($"splice.csv: not in the folder {_folder}; needs the files of samples/data");

    [TestCase(17, "", "", "splice.csv, line 17: base 'X' at position # of column 2 (sequence); needs A, C, G or T")]
    [TestCase(5, "ei,", "ex,", "splice.csv, line 5: 'ex' at column 1 (class); needs one of ei, ie, n")]
    [TestCase(6, ",", ",A", "splice.csv, line 6: a sequence of 61 bases at column 2; needs 60")]
    [TestCase(7, ",", ",,", "splice.csv, line 7: 3 columns; needs 2")]
    [TestCase(8, ",", "", "splice.csv, line 8: 1 columns; needs 2")]
    [TestCase(1, "class", "kind", "splice.csv, line 1: the columns kind,sequence; needs class,sequence")]
    public void SpliceFaults(int line, string old, string replacement, string message)
    {
        string[] lines = Lines("splice.csv");
        if (message.Contains('#', StringComparison.Ordinal))
        {
            // Any base will do: the sixth of this window.
            int at = lines[line - 1].IndexOf(',', StringComparison.Ordinal) + 6;
            lines[line - 1] = lines[line - 1].Remove(at, 1).Insert(at, "X");
            message = message.Replace("#", "6", StringComparison.Ordinal);
        }
        else
        {
            lines[line - 1] = Once(lines[line - 1], old, replacement);
        }
        Write("splice.csv", lines);
        Message(() => Splice.Load(_folder)).ShouldBe(message);
    }

    [Test]
    public void ATruncatedFileIsNotTakenForAWholeOne()
    {
        Write("splice.csv", Lines("splice.csv")[..101]);
        Message(() => Splice.Load(_folder)).ShouldBe("splice.csv, line 102: the end of the file after 100 rows; needs 3186 rows");
    }

    [Test]
    public void ALongerFileIsNotTakenForThisOne()
    {
        string[] lines = Lines("digits.csv");
        Write("digits.csv", [.. lines, lines[^1]]);
        Message(() => Digits.Load(_folder)).ShouldBe("digits.csv, line 1799: a row more; needs 1797 rows");
    }

    [TestCase("17")]
    [TestCase("-1")]
    [TestCase("")]
    [TestCase("1.5")]
    public void ADigitsPixelOutOfRange(string cell)
    {
        string[] lines = Lines("digits.csv");
        lines[2] = cell + lines[2][lines[2].IndexOf(',', StringComparison.Ordinal)..];
        Write("digits.csv", lines);
        Message(() => Digits.Load(_folder)).ShouldBe($"digits.csv, line 3: '{cell}' at column 1 (p0); needs a whole number from 0 to 16");
    }

    [TestCase("x", "vowel.csv, line 2: 'x' at column 2 (x0); needs a number")]
    [TestCase("NaN", "vowel.csv, line 2: 'NaN' at column 2 (x0); needs a number")]
    public void AVowelsFeatureIsNoNumber(string cell, string message)
    {
        string[] lines = Lines("vowel.csv");
        lines[1] = Once(lines[1], "-3.639", cell);
        Write("vowel.csv", lines);
        Message(() => Vowel.Load(_folder)).ShouldBe(message);
    }

    [Test]
    public void AnEmptyFile()
    {
        Write("vowel.csv", []);
        Message(() => Vowel.Load(_folder)).ShouldStartWith("vowel.csv");
    }

    [TestCase(41, "500", "5oo", "Misra1a.dat, line 41: '5oo' at column 1; needs a number")]
    [TestCase(62, "114.9E0", "", "Misra1a.dat, line 62: 1 columns; needs 2")]
    [TestCase(5, "41", "x",
        "Misra1a.dat: nothing says on which lines 'Starting Values' stands; needs 'Starting Values (lines 41 to 43)' in the head")]
    [TestCase(7, "74", "99", "Misra1a.dat, line 74: the end of the file, but 'Data' on lines 61 to 99; needs them")]
    public void NistFaults(int line, string old, string replacement, string message)
    {
        string[] lines = Lines("nist/Misra1a.dat");
        lines[line - 1] = Once(lines[line - 1], old, replacement);
        Directory.CreateDirectory(Path.Combine(_folder, "nist"));
        Write("nist/Misra1a.dat", lines);
        Message(() => Nist.Load("Misra1a", _folder)).ShouldBe(message);
    }

    private static string[] Lines(string name) => File.ReadAllLines(Path.Combine(Shipped, name));

    private void Write(string name, string[] lines) => File.WriteAllLines(Path.Combine(_folder, name), lines);

    private static string Message(Action load) => Should.Throw<DataException>(load).Message;

    private static string Once(string text, string old, string replacement)
    {
        int at = text.IndexOf(old, StringComparison.Ordinal);
        at.ShouldBeGreaterThanOrEqualTo(0, $"'{old}' is not in '{text}'");
        return text.Remove(at, old.Length).Insert(at, replacement);
    }
}
