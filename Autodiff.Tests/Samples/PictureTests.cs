using System.Xml.Linq;
using Autodiff.Samples;
using NUnit.Framework;
using Shouldly;

namespace Autodiff.Tests;

[TestFixture]
public sealed class PictureTests
{
    [Test]
    public void ConsensusAsksForALead()
    {
        // [4, 3]: G far ahead, T barely ahead, then a constant that is only a bias.
        float[] kernel = [0, 0, 9, 0, 0, 9, 2, 0.2f, 11, 0, 0.3f, 9];
        Motif.Consensus(kernel).ShouldBe("GtG");
    }

    [Test]
    public void ACertainPositionHasTwoBitsAndAUniformOneNone()
    {
        // [4, 2]: always C; all four alike.
        float[] heights = Motif.Information([0, 0.25f, 1, 0.25f, 0, 0.25f, 0, 0.25f]);
        heights.ShouldBe([0, 0, 2, 0, 0, 0, 0, 0]);
    }

    [Test]
    public void DonorSitesSpellTheConsensus()
    {
        (Dataset train, _) = Splice.Load();
        var donors = Enumerable.Range(0, train.Count).Where(i => train.Labels[i] == 0).Select(i => (i, 27));
        Motif.Consensus(Motif.Frequencies(train, donors, 9), 0.25f).ShouldBe("cAGGTaAGt");
    }

    [Test]
    public void EveryPictureIsWellFormed()
    {
        string folder = Directory.CreateTempSubdirectory("autodiff").FullName;
        try
        {
            var picture = new Picture(Path.Combine(folder, "new"));
            string[] files =
            [
                picture.Lines("lines", "Loss", "epoch", "nats", [1, 2], ("train", [2, 1]), ("test", [3, 2])),
                picture.Bars("bars", "Attention", "position", "weight", [0.5, 0.5], 1),
                picture.Stacked("stacked", "Experts", "vowel", "share", ["heed", "hid"],
                    ("expert 1", [0.3, 0.6]), ("expert 2", [0.7, 0.4])),
                picture.Grid("grid", "Filters", "weight", [1, -1, 0, 2, 3, 4, 5, 6], 2, 2, 2, ["a", "b"]),
                picture.Logo("logo", "Motif", "bits", [1, -0.5f, 0, 0, 0, 0, 0.5f, 1]),
            ];
            foreach (string file in files) XDocument.Load(file).Root!.Name.LocalName.ShouldBe("svg");
        }
        finally { Directory.Delete(folder, true); }
    }
}
