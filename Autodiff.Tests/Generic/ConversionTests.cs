using System.Globalization;
using System.Numerics;
using NUnit.Framework;
using Shouldly;

namespace Autodiff.Tests.Generic;

/// <summary>Numbers and text in, numbers and text out, equality and order.</summary>
[TestFixture]
public sealed class ConversionTests
{
    [Test]
    public void NumbersInAreConstants()
    {
        Scalar<double>[] numbers =
        [
            Create<Scalar<double>, int>(-3), Create<Scalar<double>, ulong>(7), Create<Scalar<double>, float>(0.1f), Create<Scalar<double>, double>(0.1),
            Create<Scalar<double>, Half>((Half)2.5), Create<Scalar<double>, decimal>(1.25m), Create<Scalar<double>, BigInteger>(BigInteger.Pow(10, 30)), Create<Scalar<double>, Scalar<float>>(0.1f),
        ];
        numbers.ShouldAllBe(x => x.IsConstant);
        numbers.Select(x => x.Value).ShouldBe([-3, 7, (double)0.1f, 0.1, 2.5, 1.25, (double)BigInteger.Pow(10, 30), (double)0.1f]);
        Create<Scalar<float>, double>(1e300).Value.ShouldBe(float.PositiveInfinity);
        Saturate<Scalar<float>, long>(long.MaxValue).Value.ShouldBe(long.MaxValue);
        Truncate<Scalar<float>, double>(0.1).Value.ShouldBe(0.1f);
    }

    [Test]
    public void AScalarStaysTheStepThatItIs()
    {
        using var tape = new Tape<double>();
        Scalar<double> x = tape.Variable(3.0);
        tape.Backward(Create<Scalar<double>, Scalar<double>>(x) * x)[x].ShouldBe(6);
        tape.Backward(Truncate<Scalar<double>, Scalar<double>>(x) * Saturate<Scalar<double>, Scalar<double>>(x))[x].ShouldBe(6);
    }

    [Test]
    public void NumbersOutAreThoseOfConstantsOnly()
    {
        Scalar<double> constant = 300.75;
        Create<int, Scalar<double>>(constant).ShouldBe(300);
        Create<double, Scalar<double>>(constant).ShouldBe(300.75);
        Create<float, Scalar<double>>(constant).ShouldBe(300.75f);
        Saturate<byte, Scalar<double>>(constant).ShouldBe((byte)255);
        Truncate<short, Scalar<double>>(-constant).ShouldBe((short)-300);
        Should.Throw<OverflowException>(() => Create<byte, Scalar<double>>(constant));

        using var tape = new Tape<double>();
        Scalar<double> x = tape.Variable(2.0);
        Action[] losses =
        [
            () => Create<int, Scalar<double>>(x), () => Create<double, Scalar<double>>(x), () => Create<Scalar<float>, Scalar<double>>(x), () => Saturate<byte, Scalar<double>>(x),
            () => Truncate<float, Scalar<double>>(x),
        ];
        foreach (Action loss in losses) Should.Throw<InvalidOperationException>(loss).Message.ShouldContain("derivative");
        Create<int, double>(x.Value).ShouldBe(2, "Value says that the derivative ends here");
    }

    [Test]
    public void TextIsReadAsConstants()
    {
        CultureInfo invariant = CultureInfo.InvariantCulture;
        Parse<Scalar<double>>("2.5").Value.ShouldBe(2.5);
        Parse<Scalar<double>>("2.5").IsConstant.ShouldBeTrue();
        ParseSpan<Scalar<double>>("-1e300").Value.ShouldBe(-1e300);
        double.IsNaN(Parse<Scalar<double>>("NaN").Value).ShouldBeTrue();
        ParseStyle<Scalar<double>>("(1,234)", NumberStyles.AllowParentheses | NumberStyles.AllowThousands).Value.ShouldBe(-1234);
        ParseBytes<Scalar<double>>("0.125"u8).Value.ShouldBe(0.125);
        Should.Throw<FormatException>(() => Parse<Scalar<double>>("two"));
        TryParse<Scalar<double>>("two", out Scalar<double> none).ShouldBeFalse();
        none.Value.ShouldBe(0, "as double has it, and no default handle");
        TryParse("3", out Scalar<float> three).ShouldBeTrue();
        three.Value.ShouldBe(3);

        static R Parse<R>(string text) where R : INumberBase<R> => R.Parse(text, CultureInfo.InvariantCulture);
        static R ParseSpan<R>(string text) where R : INumberBase<R> => R.Parse(text.AsSpan(), CultureInfo.InvariantCulture);
        static R ParseBytes<R>(ReadOnlySpan<byte> text) where R : INumberBase<R> => R.Parse(text, CultureInfo.InvariantCulture);
        R ParseStyle<R>(string text, NumberStyles style) where R : INumberBase<R>
        {
            R x = R.Parse(text, style, invariant);
            (R.TryParse(text, style, invariant, out R? y) && R.TryParse(text.AsSpan(), style, invariant, out R? z) && x == y && x == z).ShouldBeTrue();
            return x;
        }

        static bool TryParse<R>(string text, out R result) where R : INumberBase<R>
            => R.TryParse(text, CultureInfo.InvariantCulture, out result!) | R.TryParse(text.AsSpan(), CultureInfo.InvariantCulture, out _);
    }

    [Test]
    public void TextIsWrittenInTheInvariantCultureUnlessAsked()
    {
        using var tape = new Tape<double>();
        Scalar<double> x = tape.Variable(1234.5);
        var comma = new NumberFormatInfo { NumberDecimalSeparator = "," };
        x.ToString().ShouldBe("1234.5");
        x.ToString("F2", null).ShouldBe("1234.50");
        x.ToString("F2", comma).ShouldBe("1234,50");
        $"{x:F2} {x}".ShouldBe("1234.50 1234.5");
        Bytes(x).ShouldBe("1234.5");

        static string Bytes<R>(R x) where R : IUtf8SpanFormattable
        {
            byte[] text = new byte[20];
            x.TryFormat(text, out int count, "", null).ShouldBeTrue();
            return System.Text.Encoding.UTF8.GetString(text, 0, count);
        }
    }

    [Test]
    public void EqualityAndOrderAreThoseOfTheValues()
    {
        using var tape = new Tape<double>();
        double[] numbers = [2, double.NaN, -1, 0, -0.0, double.PositiveInfinity, 2, double.NegativeInfinity, double.NaN];
        foreach (double a in numbers)
        {
            foreach (double b in numbers)
            {
                Scalar<double> x = tape.Variable(a), y = b;
                x.Equals(y).ShouldBe(a.Equals(b), $"{a}, {b}");
                x.Equals((object)y).ShouldBe(a.Equals(b), $"{a}, {b}");
                (x == y).ShouldBe(a == b, $"{a}, {b}");
                x.CompareTo(y).ShouldBe(a.CompareTo(b), $"{a}, {b}");
                ((IComparable)x).CompareTo(y).ShouldBe(a.CompareTo(b), $"{a}, {b}");
                if (a.Equals(b)) x.GetHashCode().ShouldBe(y.GetHashCode(), $"{a}, {b}");
            }
        }

        Scalar<double>[] sorted = [.. numbers.Select(tape.Variable)];
        Array.Sort(sorted);
        sorted.Select(x => x.Value).ShouldBe([double.NaN, double.NaN, double.NegativeInfinity, -1, 0, 0, 2, 2, double.PositiveInfinity]);
        ((IComparable)sorted[0]).CompareTo(null).ShouldBe(1);
        Should.Throw<ArgumentException>(() => ((IComparable)sorted[0]).CompareTo("text")).Message.ShouldContain("String");
        sorted[0].Equals("text").ShouldBeFalse();
        Should.Throw<InvalidOperationException>(() => default(Scalar<double>).GetHashCode());
    }

    [Test]
    public void WhatTRefusesIsRefused()
    {
        Should.Throw<ArgumentException>(() => Clamp<Scalar<double>>(1, 2, 1)).Message.ShouldContain("min is 2");
        Should.Throw<ArgumentOutOfRangeException>(() => Round<Scalar<double>>(1, 16));
        Should.Throw<ArgumentOutOfRangeException>(() => Round<Scalar<float>>(1, 7));
        Should.Throw<ArithmeticException>(() => Sign<Scalar<double>>(double.NaN));
        Sign<Scalar<double>>(-3).ShouldBe(-1);
        Exponent<Scalar<double>>(10).ShouldBe(3);

        static R Clamp<R>(R x, R min, R max) where R : INumber<R> => R.Clamp(x, min, max);
        static R Round<R>(R x, int digits) where R : IFloatingPoint<R> => R.Round(x, digits);
        static int Sign<R>(R x) where R : INumber<R> => R.Sign(x);
        static int Exponent<R>(R x) where R : IFloatingPointIeee754<R> => R.ILogB(x);
    }

    private static R Create<R, O>(O x) where R : INumberBase<R> where O : INumberBase<O> => R.CreateChecked(x);

    private static R Saturate<R, O>(O x) where R : INumberBase<R> where O : INumberBase<O> => R.CreateSaturating(x);

    private static R Truncate<R, O>(O x) where R : INumberBase<R> where O : INumberBase<O> => R.CreateTruncating(x);
}
