using System.Numerics.Tensors;

ConsoleApp.Run(args, MotifDetection.Run);

/// <summary>The borders of exons and introns in DNA have motifs: learned by detectors, read out again as letters.</summary>
internal static class MotifDetection
{
    // Bases shown on either side of those that a detector sees.
    private const int Flank = 3;

    private static readonly (string Method, double Error)[] _published =
        [("k-nearest neighbours", 15.4), ("backpropagation", 8.8), ("CART", 8.5), ("linear discriminant", 5.9), ("radial basis functions", 4.1)];

    /// <summary>Learns the motifs of splice sites in primate DNA and tells the sites by them.</summary>
    /// <param name="epochs">Passes over the 2,000 training windows.</param>
    /// <param name="seed">Seed of the first run; the others follow it.</param>
    /// <param name="runs">Runs of each model.</param>
    /// <param name="output">Folder of the pictures.</param>
    /// <param name="data">Folder of the data; left out: beside the program.</param>
    internal static int Run(int epochs = 30, int seed = 1, int runs = 5, string output = "output", string? data = null) => Report.Run(
        "Motif detection: detectors slide along 60 bases of DNA, MAX over positions, a linear classifier on top", report =>
        {
            ArgumentOutOfRangeException.ThrowIfLessThan(runs, 1);
            (Dataset train, Dataset test) = Splice.Load(data);
            Trial[] Trials(Func<Random, Model> model, double dropout) =>
                [.. Enumerable.Range(seed, runs).Select(s => new Trial(model(new Random(s)), dropout, train, s))];
            // One MAX over all 46 positions of a wide detector, as in the note; and MAX over pairs, which knows where.
            Trial[] anywhere = Trials(random => new Model(detectors: 32, width: 15, window: 46, random), dropout: 0.2);
            Trial[] somewhere = Trials(random => new Model(detectors: 24, width: 5, window: 2, random), dropout: 0.6);
            Trial[] all = [.. anywhere, .. somewhere];
            Training.Run($"{all.Length} runs", epochs, epoch =>
            {
                Parallel.ForEach(all, trial => trial.Epoch(epoch, epochs));
                return $"training error {somewhere.Average(trial => trial.Error(train)):F1} %";
            });

            Console.WriteLine("Test error in percent, 1,186 windows; published for this split by StatLog (Michie, Spiegelhalter, Taylor 1994):");
            foreach ((string method, double error) in _published) Console.WriteLine($"  {method,-34} {error,5:F2}");
            double forgetful = Mean("one MAX over the whole sequence", anywhere, test);
            double mean = Mean("MAX over windows of 2 positions", somewhere, test);
            report.Line("MAX over windows beats the best published", "< 4.1 %", $"{mean:F2} %", mean < 4.1);
            report.AtLeast("one MAX forgets where: it is worse by", 10, forgetful - mean, "points");

            report.AtMost("managed bytes a step, once warm", 0, all.Max(trial => trial.Memory.BytesPerStep));

            var picture = new Picture(output);
            foreach ((int label, string site, string letters) in new[] { (0, "donor", "GT"), (1, "acceptor", "AG") })
            {
                float[] frequencies = Learned(somewhere[0], test, label);
                string motif = Motif.Consensus(frequencies);
                report.Line($"motif of the {site} site ({test.Classes[label]})", $"…{letters}…", motif, motif.Contains(letters, StringComparison.Ordinal));
                Console.WriteLine("picture: " + picture.Logo($"motif-{site}", $"What the {site} site's detector fires at (it sees 1 to 5)", "information (bits)",
                    Motif.Information(frequencies), first: 1 - Flank));
            }
            foreach (Trial trial in all) trial.Dispose();
        });

    private static double Mean(string name, Trial[] trials, Dataset test)
    {
        var error = new Spread([.. trials.Select(trial => trial.Error(test))]);
        Console.WriteLine($"  {name,-34} {error}");
        return error.Mean;
    }

    /// <summary>The bases where the detector that says most for a class fires most, and those beside them: frequencies [4, flank + width + flank].</summary>
    private static float[] Learned(Trial trial, Dataset data, int label)
    {
        const int places = 200;
        (Model model, float[] responses) = (trial.Model, trial.Responses(data));
        (float Response, int Window, int Start) At(int window, int seen)
        {
            (int detector, int pool) = Math.DivRem(seen, model.Seen / model.Detectors);
            int from = (window * model.Detectors + detector) * model.Positions + pool * model.Window;
            int best = TensorPrimitives.IndexOfMax<float>(responses.AsSpan(from, model.Window));
            return (responses[from + best], window, pool * model.Window + best);
        }

        // What a thing seen says: its weight for the class, times how much higher it is in windows of the class than in others.
        int[] own = [.. Enumerable.Range(0, data.Count).Where(i => data.Labels[i] == label)];
        int[] others = [.. Enumerable.Range(0, data.Count).Except(own)];
        int chosen = Enumerable.Range(0, model.Seen).MaxBy(seen => Math.Max(0, model.Readout[seen * Model.Classes + label])
            * (own.Average(i => At(i, seen).Response) - others.Average(i => At(i, seen).Response)));
        var fired = Enumerable.Range(0, data.Count).Select(i => At(i, chosen)).OrderByDescending(at => at.Response).Take(places);
        return Motif.Frequencies(data, fired.Select(at => (at.Window, at.Start - Flank)), model.Width + 2 * Flank);
    }
}
