using NUnit.Framework;
using Shouldly;

namespace Autodiff.Tests.LinearAlgebra;

/// <summary>Equations against the sum as it is written: a loop over every axis.</summary>
[TestFixture]
public sealed class EinsumTests
{
    private static readonly Dictionary<char, int> Lengths = new() { ['a'] = 2, ['b'] = 3, ['c'] = 4, ['i'] = 2, ['j'] = 3, ['k'] = 4, ['l'] = 2, ['m'] = 5, ['Z'] = 3 };

    [TestCase("i->i")]
    [TestCase("i->")]
    [TestCase("ii->")]
    [TestCase("iii->i")]
    [TestCase("iji->ji")]
    [TestCase("ijij->ji")]
    [TestCase("ijkl->lkji")]
    [TestCase("ijk->k")]
    [TestCase("i,i->")]
    [TestCase("i,i->i")]
    [TestCase("i,j->ji")]
    [TestCase("ij,j->i")]
    [TestCase("ij,ij->")]
    [TestCase("ij,ij->ij")]
    [TestCase("ji,jk->ki")]
    [TestCase("ij,kj->ik")]
    [TestCase("bij,bjk->bik")]
    [TestCase("bij,bkj->bik")]
    [TestCase("bji,bjk->bki")]
    [TestCase("ibj,jbk->bik")]
    [TestCase("ijb,bkj->ikb")]
    [TestCase("abij,abjk->abik")]
    [TestCase("aij,bjk->ik")]
    [TestCase("ij,jk,kl->il")]
    [TestCase("ij,jk,kl,lm->mi")]
    [TestCase("i,j,k,l->lijk")]
    [TestCase("ij,ik,il->jkl")]
    [TestCase("iij,jkk->ik")]
    [TestCase("ab,ab,ab->b")]
    [TestCase(" ij , jk -> ik ")]
    [TestCase("iZ,Zj->ij")]
    [TestCase("i,->i")]
    public void An_equation_is_its_sum(string equation)
    {
        string[] sides = equation.Replace(" ", "").Split("->"), terms = sides[0].Split(',');
        Compare(equation, terms, sides[1], [.. terms.Select(t => t.Select(c => Lengths[c]).ToArray())]);
    }

    [TestCase("ba", "ab")]
    [TestCase("ij,jk", "ik")]
    [TestCase("ij,ij", "")]
    [TestCase("kZ", "Zk")]
    [TestCase("iij", "j")]
    public void Without_an_arrow_the_letters_that_stand_once_are_the_result(string inputs, string output)
    {
        string[] terms = inputs.Split(',');
        Compare(inputs, terms, output, [.. terms.Select(t => t.Select(c => Lengths[c]).ToArray())]);
    }

    [Test]
    public void An_ellipsis_broadcasts_and_a_length_of_1_repeats()
    {
        // written with letters, and lengths of 1
        Compare("...ij,...jk->...ik", ["abij", "abjk"], "abik", [[2, 1, 2, 3], [1, 3, 3, 4]]);
        Compare("...ij,jk", ["abij", "jk"], "abik", [[2, 3, 2, 3], [3, 4]]);
        Compare("...i,...i->...", ["abi", "bi"], "ab", [[2, 3, 2], [3, 2]]);
        Compare("i...->...", ["iab"], "ab", [[2, 2, 3]]);
        Compare("...->", ["ab"], "", [[2, 3]]);
        Compare("...ab->...ba", ["ab"], "ba", [[2, 3]]);
        Compare("ij,ij->ij", ["ij", "ij"], "ij", [[1, 3], [2, 1]]);
        Compare("ij,ij->", ["ij", "ij"], "", [[1, 3], [2, 3]]);
    }

    [TestCase("ij,jk->ik", new[] { 2, 3 }, new[] { 4, 2 }, "'j'", "operand 1 is [4, 2]")]
    [TestCase("ij,jk->iq", new[] { 2, 3 }, new[] { 3, 2 }, "'q'")]
    [TestCase("ij,jk->ii", new[] { 2, 3 }, new[] { 3, 2 }, "twice")]
    [TestCase("ijk,jk->ij", new[] { 2, 3 }, new[] { 3, 2 }, "operand 0 is [2, 3]")]
    [TestCase("ij->ij", new[] { 2, 3 }, new[] { 3, 2 }, "names 1 operands, 2 came")]
    [TestCase("i1,jk->i", new[] { 2, 3 }, new[] { 3, 2 }, "'1'")]
    [TestCase("ii,jk->i", new[] { 2, 3 }, new[] { 3, 2 }, "'i'")]
    [TestCase("......ij,jk->ik", new[] { 2, 3 }, new[] { 3, 2 }, "'.'")]
    public void What_does_not_fit_is_named(string equation, int[] a, int[] b, params string[] words)
    {
        using var tape = new Tape<double>();
        Variable<double> x = tape.Variable(new double[a[0] * a[1]], a), y = tape.Variable(new double[b[0] * b[1]], b);
        string message = Should.Throw<ArgumentException>(() => Variable.Einsum(equation, [x, y])).Message;
        message.ShouldStartWith("Einsum: ");
        foreach (string word in words) message.ShouldContain(word);
    }

    [Test]
    public void The_smallest_product_comes_first()
    {
        // (500 × 2)·(2 × 500)·(500 × 1): from the right, nothing of 500 × 500 is made
        using var tape = new Tape<double>();
        Variable<double> a = tape.Variable(new double[1000], [500, 2]), b = tape.Variable(new double[1000], [2, 500]), c = tape.Variable(new double[500], [500]);
        Variable.Einsum("ij,jk,k->i", [a, b, c]).Shape.ShouldBe([500]);
        tape.Recording.Nodes.Take(tape.Recording.NodeCount).Max(n => n.Size).ShouldBe(1000);
    }

    private static void Compare(string equation, string[] terms, string output, int[][] shapes)
    {
        var random = new Random(11);
        using var tape = new Tape<double>();
        double[][] values = [.. shapes.Select(s => Enumerable.Range(0, s.Aggregate(1, (p, n) => p * n)).Select(_ => random.NextDouble() - 0.5).ToArray())];
        Variable<double>[] x = [.. values.Select((v, i) => tape.Variable(v, shapes[i]))];
        Variable<double> y = Variable.Einsum(equation, x);
        char[] letters = [.. terms.SelectMany(t => t).Distinct()];
        int[] lengths = [.. letters.Select(c => terms.Select((t, i) => t.Contains(c) ? t.Select((d, at) => d == c ? shapes[i][at] : 0).Max() : 0).Max())];
        int[] shape = [.. output.Select(c => lengths[Array.IndexOf(letters, c)])];
        y.Shape.Lengths.ToArray().ShouldBe(shape, equation);
        double[] expected = new double[shape.Aggregate(1, (p, n) => p * n)];
        int[] at = new int[letters.Length];
        for (int count = lengths.Aggregate(1, (p, n) => p * n), n = 0; n < count; n++)
        {
            for (int d = 0, rest = n; d < at.Length; d++) (rest, at[d]) = Math.DivRem(rest, lengths[d]);
            double product = 1;
            for (int i = 0; i < terms.Length; i++) product *= values[i][Place(terms[i], shapes[i])];
            expected[Place(output, shape)] += product;
        }

        double[] got = y.Values.ToArray();
        for (int i = 0; i < expected.Length; i++) got[i].ShouldBe(expected[i], 1e-13, equation);
        int Place(string term, int[] lengthsOfTerm)
        {
            int place = 0;
            for (int d = 0; d < term.Length; d++) place = (place * lengthsOfTerm[d]) + (lengthsOfTerm[d] == 1 ? 0 : at[Array.IndexOf(letters, term[d])]);
            return place;
        }
    }
}
