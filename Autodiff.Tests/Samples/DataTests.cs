using Autodiff.Samples;
using NUnit.Framework;
using Shouldly;

namespace Autodiff.Tests;

[NonParallelizable] // counts bytes
[TestFixture]
public sealed class DataTests
{
    [Test]
    public void ErrorsAreCountedByTheGreatestScore()
    {
        var data = new Dataset(new float[3], [1, 0, 2], [1], ["a", "b", "c"]);
        data.Error([0, 1, 0, 0, 1, 0, 0, 0, 1]).ShouldBe(100 / 3.0);
        data.Error([0, 1, 0, float.NaN, 1, 2, 0, 0, 1]).ShouldBe(100 / 3.0);
        Should.Throw<ArgumentException>(() => data.Error(new float[8])).Message.ShouldStartWith("scores: 8 numbers; needs 3 × 3");
    }

    [Test]
    public void ASpreadTellsMeanDeviationAndEveryRun()
    {
        var spread = new Spread(1, 2, 6);
        (spread.Mean, spread.Deviation).ShouldBe((3, Math.Sqrt(7)));
        spread.ToString().Trim().ShouldBe("3.00 ± 2.65  (runs: 1.00, 2.00, 6.00)");
        new Spread(4).Deviation.ShouldBe(0);
    }

    [Test]
    public void SpliceHasTheWindowsAndTheMotifsOfTheDataSet()
    {
        (Dataset train, Dataset test) = Splice.Load();
        (train.Count, test.Count).ShouldBe((2000, 1186));
        train.FeatureShape.ShouldBe([4, 60]);
        string[][] letters = [.. Enumerable.Range(0, 3).Select(c => Of(train, c).Concat(Of(test, c)).ToArray())];
        letters.Select(windows => windows.Length).ShouldBe([767, 765, 1654]);
        letters[0].Count(bases => bases[30..32] == "GT").ShouldBe(759);
        letters[1].Count(bases => bases[28..30] == "AG").ShouldBe(761);
        // The first line of the file begins CTAG: the channels are in the order A C G T.
        Splice.Letters(train, 0).ShouldBe("CTAGGCTCCAGATAGCCATAGAAGAACCAAACACTTTCTGCGTGTGTGAGAATAATCAGA");
        float[] window = train.Example(0).ToArray();
        new[] { window[60 + 0], window[180 + 1], window[0 + 2], window[120 + 3] }.ShouldBe([1, 1, 1, 1]);
        window.Sum().ShouldBe(60);

        static IEnumerable<string> Of(Dataset windows, int label) =>
            Enumerable.Range(0, windows.Count).Where(i => windows.Labels[i] == label).Select(i => Splice.Letters(windows, i));
    }

    [Test]
    public void DigitsAreScaledAndSplit()
    {
        (Dataset train, Dataset test) = Digits.Load();
        (train.Count, test.Count).ShouldBe((1347, 450));
        (train.Features.Min(), train.Features.Max()).ShouldBe((0, 1));
        train.Labels.Concat(test.Labels).CountBy(digit => digit).Sum(pair => pair.Value).ShouldBe(1797);
        train.Labels.Distinct().Order().ShouldBe(Enumerable.Range(0, 10));
        train.Example(0)[..5].ToArray().ShouldBe([0, 0, 5 / 16f, 13 / 16f, 9 / 16f]);
    }

    [Test]
    public void VowelsAreStandardisedBySpeakersOfTheTrainingPart()
    {
        (Dataset train, Dataset test) = Vowel.Load();
        (train.Count, test.Count).ShouldBe((528, 462));
        for (int c = 0; c < 11; c++) (train.Labels.Count(l => l == c), test.Labels.Count(l => l == c)).ShouldBe((48, 42));
        for (int j = 0; j < Vowel.Features; j++)
        {
            double[] column = [.. Enumerable.Range(0, train.Count).Select(i => (double)train.Example(i)[j])];
            // 1e-6: the features are rounded to float.
            column.Average().ShouldBe(0, 1e-6);
            column.Average(x => x * x).ShouldBe(1, 1e-6);
        }
        // Other speakers, other mean: had they leaked into the scale, the two parts together would have mean 0.
        Math.Abs(Enumerable.Range(0, test.Count).Average(i => test.Example(i)[0])).ShouldBeGreaterThan(0.01f);
    }

    [Test]
    public void NistIsReadFromTheLinesItsHeadNames()
    {
        Nist misra = Nist.Load("Misra1a"), chwirut = Nist.Load("Chwirut2"), lanczos = Nist.Load("Lanczos3");
        misra.Start1.ShouldBe([500, 0.0001]);
        misra.Start2.ShouldBe([250, 0.0005]);
        misra.Certified.ShouldBe([2.3894212918E+02, 5.5015643181E-04]);
        misra.StandardDeviations.ShouldBe([2.7070075241E+00, 7.2668688436E-06]);
        misra.ResidualSumOfSquares.ShouldBe(1.2455138894E-01);
        (misra.X[0], misra.Y[0], misra.X[^1], misra.Y[^1]).ShouldBe((77.6, 10.07, 760.0, 81.78));
        (misra.X.Length, lanczos.X.Length, chwirut.X.Length).ShouldBe((14, 24, 54));
        lanczos.Certified[^1].ShouldBe(4.9863565084E+00);
        chwirut.ResidualSumOfSquares.ShouldBe(5.1304802941E+02);
        // The certified parameters and the observations belong together: the residuals add up as certified (10 digits in single terms).
        double[] b = misra.Certified;
        double squares = misra.X.Zip(misra.Y, (x, y) => Math.Pow(y - b[0] * (1 - Math.Exp(-b[1] * x)), 2)).Sum();
        squares.ShouldBe(misra.ResidualSumOfSquares, 1e-9);
    }

    [Test]
    public void BatchesHoldEveryExampleOnceAndFollowTheSeed()
    {
        int[] first = Drawn(1), again = Drawn(1), other = Drawn(2);
        first.Order().ShouldBe(Enumerable.Range(0, 10));
        again.ShouldBe(first);
        other.ShouldNotBe(first);

        static int[] Drawn(int seed)
        {
            var drawn = new List<int>();
            foreach (ReadOnlySpan<int> batch in new Samples.Batches(10, 4, seed).NextEpoch()) drawn.AddRange(batch);
            return [.. drawn];
        }
    }

    [Test]
    public void AnEpochOfBatchesAllocatesNothing()
    {
        (Dataset train, _) = Vowel.Load();
        var batches = new Samples.Batches(train.Count, 32, 1);
        var features = new float[32 * train.FeatureSize];
        var labels = new int[32];
        Pass();
        long before = GC.GetAllocatedBytesForCurrentThread();
        Pass();
        (GC.GetAllocatedBytesForCurrentThread() - before).ShouldBe(0);

        void Pass()
        {
            foreach (ReadOnlySpan<int> batch in batches.NextEpoch()) train.CopyBatch(batch, features, labels);
        }
    }

    [Test]
    public void ABatchIsCopiedInTheOrderOfItsIndices()
    {
        var data = new Dataset([1, 2, 3, 4, 5, 6], [7, 8, 9], [2], []);
        var features = new float[4];
        var labels = new int[2];
        data.CopyBatch([2, 0], features, labels);
        features.ShouldBe([5, 6, 1, 2]);
        labels.ShouldBe([9, 7]);
        Should.Throw<ArgumentException>(() => data.CopyBatch([0, 1, 2], new float[4]))
            .Message.ShouldStartWith("features: 4 numbers; needs 3 × 2");
    }
}
