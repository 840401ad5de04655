using System.Numerics;
using NUnit.Framework;

namespace Autodiff.Tests;

/// <summary>Both remainders over lanes are the runtime's <c>%</c>, bit for bit, on random patterns of bits and on quotients next to integers.</summary>
[TestFixture(typeof(float))]
[TestFixture(typeof(double))]
public sealed class RemainderTests<T> where T : unmanaged, IFloatingPointIeee754<T>
{
    [Test]
    public void RandomBitsGiveTheRuntimesBits() => Compare(4_000, 1);

    [Test]
    [Category("Long")]
    public void MillionsOfRandomBitsGiveTheRuntimesBits([Range(2, 13)] int seed) => Compare(250_000, seed);

    private static void Compare(int count, int seed)
    {
        var random = new Random(seed);
        T[] a = new T[count], b = new T[count];
        for (int i = 0; i < count; i++)
        {
            (a[i], b[i]) = (Bits(random), Bits(random));
            switch (i / 16 % 6)
            {
                // within one exponent; a near a multiple of b; subnormal; special; exponents near each other (whole lanes of them, so that the fast way is taken)
                case 0: (a[i], b[i]) = (Of((random.NextDouble() * 40) - 20), Of(random.NextDouble() - 0.5)); break;
                case 1:
                    b[i] = Of((random.NextDouble() + 0.1) * Math.ScaleB(1, random.Next(-20, 20)));
                    a[i] = b[i] * Of(random.Next(1, 1 << random.Next(1, 22)));
                    a[i] = random.Next(3) switch { 0 => T.BitDecrement(a[i]), 1 => T.BitIncrement(a[i]), _ => a[i] };
                    if (random.Next(2) == 0) a[i] = -a[i];
                    break;
                case 2: (a[i], b[i]) = (T.Epsilon * Of(random.Next(1 << 20)), -T.Epsilon * Of(random.Next(1, 1 << 10))); break;
                case 3:
                    if (random.Next(8) == 0) a[i] = Special(random);
                    if (random.Next(8) == 0) b[i] = Special(random);
                    break;
                case 4: b[i] = Of((random.NextDouble() - 0.5) * Math.ScaleB(1, random.Next(-22, 1))) * (T.IsFinite(a[i]) && T.Abs(a[i]) > T.Epsilon ? a[i] : T.One); break;
            }
        }

        using var tape = new Tape<T>();
        Variable<T> x = tape.Constant(a, [count]), y = tape.Constant(b, [count]);
        ReadOnlySpan<T> truncated = x.Fmod(y).Values, floored = x.Remainder(y).Values;
        for (int i = 0; i < count; i++)
        {
            T t = a[i] % b[i], f = t == T.Zero ? T.CopySign(t, b[i]) : (t < T.Zero) == (b[i] < T.Zero) || T.IsNaN(t) ? t : t + b[i];
            if (!Near.Same(truncated[i], t)) Assert.Fail($"{a[i]:R} fmod {b[i]:R} = {truncated[i]:R}, the runtime says {t:R}");
            if (!Near.Same(floored[i], f)) Assert.Fail($"{a[i]:R} remainder {b[i]:R} = {floored[i]:R}, the runtime says {f:R}");
        }
    }

    private static T Of(double x) => T.CreateTruncating(x);

    private static T Bits(Random random) => typeof(T) == typeof(double)
        ? T.CreateTruncating(BitConverter.Int64BitsToDouble(random.NextInt64(long.MinValue, long.MaxValue)))
        : T.CreateTruncating(BitConverter.Int32BitsToSingle(random.Next(int.MinValue, int.MaxValue)));

    private static T Special(Random random)
        => random.Next(6) switch { 0 => T.Zero, 1 => T.NegativeZero, 2 => T.PositiveInfinity, 3 => T.NegativeInfinity, 4 => T.NaN, _ => T.Epsilon };
}
