using System.Numerics;
using System.Numerics.Tensors;
using NUnit.Framework;
using Shouldly;

namespace Autodiff.Tests.Generic;

/// <summary>Programs written once over .NET's interfaces, run with plain numbers and on a tape.</summary>
[TestFixture]
public sealed class GenericProgramTests
{
    [Test]
    public void BlackScholesGivesPriceAndGreeks()
    {
        double[] at = [100, 95, 0.2, 0.03, 0.75];
        double price = Call(at[0], at[1], at[2], at[3], at[4]);
        using var tape = new Tape<double>();
        Scalar<double>[] x = [.. at.Select(tape.Variable)];
        Scalar<double> y = Call(x[0], x[1], x[2], x[3], x[4]);
        // the functions of double and ours differ by units of the last place, and the price is a difference of terms of 100
        y.Value.ShouldBe(price, 1e-13 * 100);
        Call(100f, 95f, 0.2f, 0.03f, 0.75f).ShouldBe((float)price, 1e-6f * 100);

        (double s, double k, double sigma, double r, double t) = (at[0], at[1], at[2], at[3], at[4]);
        double root = Math.Sqrt(t), d1 = (Math.Log(s / k) + ((r + (sigma * sigma / 2)) * t)) / (sigma * root), d2 = d1 - (sigma * root);
        double density = Math.Exp(-d1 * d1 / 2) / Math.Sqrt(2 * Math.PI), discount = Math.Exp(-r * t);
        Gradients<double> g = tape.Backward(y);
        g[x[0]].ShouldBe(Normal(d1), 1e-13);
        g[x[1]].ShouldBe(-discount * Normal(d2), 1e-13);
        g[x[2]].ShouldBe(s * density * root, 1e-11);
        g[x[3]].ShouldBe(k * t * discount * Normal(d2), 1e-11);
        g[x[4]].ShouldBe((s * density * sigma / (2 * root)) + (r * k * discount * Normal(d2)), 1e-11);
        tape.Backward(tape.Gradient(y, x[0]))[x[0]].ShouldBe(density / (s * sigma * root), 1e-13);
    }

    [Test]
    public void NewtonsRootIsDifferentiatedThroughItsSteps()
    {
        using var tape = new Tape<double>();
        Scalar<double> a = tape.Variable(5.0), root = CubeRoot(a);
        root.Value.ShouldBe(CubeRoot(5.0), "sums and quotients only: the same bit for bit");
        root.Value.ShouldBe(Math.Cbrt(5), 1e-15);
        tape.Backward(root)[a].ShouldBe(1 / (3 * Math.Pow(5, 2.0 / 3)), 1e-15);
        CubeRoot(5f).ShouldBe(MathF.Cbrt(5), 3e-7f);
    }

    [Test]
    public void AnOdeIsDifferentiatedByItsConstants()
    {
        // x'' = −k·x from (1, 0): x(t) = cos(√k·t), so ∂x/∂k = −t·sin(√k·t) / (2√k)
        const double K = 2, T = 1.5;
        using var tape = new Tape<double>();
        Scalar<double> k = tape.Variable(K), x = Oscillator(k, T, 400);
        x.Value.ShouldBe(Oscillator(K, T, 400), "sums and products only: the same bit for bit");
        x.Value.ShouldBe(Math.Cos(Math.Sqrt(K) * T), 1e-10);
        tape.Backward(x)[k].ShouldBe(-T * Math.Sin(Math.Sqrt(K) * T) / (2 * Math.Sqrt(K)), 1e-10);
    }

    [Test]
    public void ProgramsOfOthersRunToo()
    {
        // Microsoft's own generic loops, which know nothing of tapes
        using var tape = new Tape<double>();
        Scalar<double>[] x = [tape.Variable(1.0), tape.Variable(2.0), tape.Variable(-0.5)];
        Gradients<double> g = tape.Backward(TensorPrimitives.Norm<Scalar<double>>(x));
        double norm = Math.Sqrt(5.25);
        x.Select(v => g[v]).ShouldBe([1 / norm, 2 / norm, -0.5 / norm], 1e-15);

        Scalar<double>[] weights = new Scalar<double>[3];
        TensorPrimitives.SoftMax<Scalar<double>>(x, weights);
        double sum = Math.Exp(1) + Math.Exp(2) + Math.Exp(-0.5), w0 = Math.Exp(1) / sum, w1 = Math.Exp(2) / sum;
        g = tape.Backward(weights[0]);
        g[x[0]].ShouldBe(w0 * (1 - w0), 1e-15);
        g[x[1]].ShouldBe(-w0 * w1, 1e-15);
    }

    [Test]
    public void NaNComesThrough()
    {
        using var tape = new Tape<double>();
        Scalar<double> s = tape.Variable(double.NaN), k = tape.Variable(95.0), y = Smooth(s, k);
        double.IsNaN(y.Value).ShouldBeTrue();
        double.IsNaN(tape.Backward(y)[s]).ShouldBeTrue();
    }

    private static T Smooth<T>(T s, T k) where T : IFloatingPointIeee754<T> => T.Max(s - k, T.Zero) + T.LogP1(T.Exp(-T.Abs(s - k)));

    private static T Call<T>(T s, T k, T sigma, T r, T t) where T : IFloatingPointIeee754<T>
    {
        T deviation = sigma * T.Sqrt(t), half = T.One / (T.One + T.One);
        T d1 = (T.Log(s / k) + ((r + (sigma * sigma * half)) * t)) / deviation;
        return (s * Normal(d1)) - (k * T.Exp(-r * t) * Normal(d1 - deviation));
    }

    // the normal distribution by the series φ(x)·(x + x³/3 + x⁵/(3·5) + …), until a term no longer counts
    private static T Normal<T>(T x) where T : IFloatingPointIeee754<T>
    {
        T term = x, sum = x, last = T.Zero, two = T.CreateChecked(2);
        for (int i = 3; sum != last; i += 2)
        {
            term *= x * x / T.CreateChecked(i);
            (last, sum) = (sum, sum + term);
        }

        return (T.One / two) + (sum * T.Exp(-x * x / two) / T.Sqrt(T.Tau));
    }

    private static T CubeRoot<T>(T a) where T : INumber<T>
    {
        T x = T.One, three = T.CreateChecked(3);
        for (int i = 0; i < 20; i++) x -= ((x * x * x) - a) / (three * x * x);
        return x;
    }

    // the classical method of Runge and Kutta for x' = v, v' = −k·x
    private static T Oscillator<T>(T k, double time, int steps) where T : INumber<T>
    {
        T x = T.One, v = T.Zero, h = T.CreateChecked(time / steps), half = h / T.CreateChecked(2), sixth = h / T.CreateChecked(6), two = T.CreateChecked(2);
        for (int i = 0; i < steps; i++)
        {
            T a1 = v, b1 = -k * x;
            T a2 = v + (half * b1), b2 = -k * (x + (half * a1));
            T a3 = v + (half * b2), b3 = -k * (x + (half * a2));
            T a4 = v + (h * b3), b4 = -k * (x + (h * a3));
            x += sixth * (a1 + (two * (a2 + a3)) + a4);
            v += sixth * (b1 + (two * (b2 + b3)) + b4);
        }

        return x;
    }
}
