using NUnit.Framework;
using Shouldly;

namespace Autodiff.Tests;

[TestFixture]
public sealed class LeafTests
{
    // The list of tensors grows while a leaf is recorded: with the 65th, the 129th, …, whichever kind of leaf that is.
    [Test]
    public void AnyNumberOfLeavesCanBeRecorded()
    {
        using var variables = new Tape<double>();
        using var constants = new Tape<double>();
        using var parameters = new Tape<double>();
        for (int i = 0; i < 300; i++)
        {
            variables.Variable([i, 1], [2]).Values[0].ShouldBe(i);
            constants.Constant([i, 1], [2]).Values[0].ShouldBe(i);
            parameters.Variable(new Parameter<double>([i, 1], [2])).Values[0].ShouldBe(i);
        }
    }
}
