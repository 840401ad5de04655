using System.Numerics;

namespace Autodiff;

/// <summary>The cases of elementwise ops, made from their domains: shapes that broadcast, numbers, constants.</summary>
internal static class ElementwiseCases
{
    public static IEnumerable<Case<T>> Unary<TOp, T>() where TOp : struct, IUnary<TOp> where T : unmanaged, IFloatingPointIeee754<T>
    {
        Domain d = TOp.Domain;
        return
        [
            new("scalar", x => Variable<T>.Apply<TOp>(x[0]), Sample.In(d)),
            new("vector", x => Variable<T>.Apply<TOp>(x[0]), Sample.In(d, 5)),
            new("longer than any lane", x => Variable<T>.Apply<TOp>(x[0]), Sample.In(d, 3, 7)),
        ];
    }

    public static IEnumerable<Case<T>> Binary<TOp, T>() where TOp : struct, IBinary<TOp> where T : unmanaged, IFloatingPointIeee754<T>
    {
        (Domain a, Domain b) = TOp.Domain;
        T left = Number<T>(a), right = Number<T>(b);
        return
        [
            new("scalars", x => Variable<T>.Apply<TOp>(x[0], x[1]), Sample.In(a), Sample.In(b)),
            new("scalar and constant", x => Variable<T>.Apply<TOp>(x[0], right), Sample.In(a)),
            new("constant and scalar", x => Variable<T>.Apply<TOp>(left, x[0]), Sample.In(b)),
            new("same shape", x => Variable<T>.Apply<TOp>(x[0], x[1]), Sample.In(a, 3, 7), Sample.In(b, 3, 7)),
            new("matrix and row", x => Variable<T>.Apply<TOp>(x[0], x[1]), Sample.In(a, 2, 3), Sample.In(b, 3)),
            new("column and row", x => Variable<T>.Apply<TOp>(x[0], x[1]), Sample.In(a, 2, 1), Sample.In(b, 3)),
            new("scalar and matrix", x => Variable<T>.Apply<TOp>(x[0], x[1]), Sample.In(a), Sample.In(b, 2, 3)),
            new("matrix and scalar", x => Variable<T>.Apply<TOp>(x[0], x[1]), Sample.In(a, 2, 3), Sample.In(b)),
            new("vector and constant", x => Variable<T>.Apply<TOp>(x[0], right), Sample.In(a, 5)),
            new("constant and vector", x => Variable<T>.Apply<TOp>(left, x[0]), Sample.In(b, 5)),
        ];
    }

    public static IEnumerable<Case<T>> Ternary<TOp, T>() where TOp : struct, ITernary<TOp> where T : unmanaged, IFloatingPointIeee754<T>
    {
        (Domain a, Domain b, Domain c) = TOp.Domain;
        T number = Number<T>(b);
        return
        [
            new("scalars", x => Variable<T>.Apply<TOp>(x[0], x[1], x[2]), Sample.In(a), Sample.In(b), Sample.In(c)),
            new("same shape", x => Variable<T>.Apply<TOp>(x[0], x[1], x[2]), Sample.In(a, 3, 7), Sample.In(b, 3, 7), Sample.In(c, 3, 7)),
            new("matrix, row, column", x => Variable<T>.Apply<TOp>(x[0], x[1], x[2]), Sample.In(a, 2, 3), Sample.In(b, 3), Sample.In(c, 2, 1)),
            new("scalar, row, matrix", x => Variable<T>.Apply<TOp>(x[0], x[1], x[2]), Sample.In(a), Sample.In(b, 3), Sample.In(c, 2, 3)),
            new("vector, constant, scalar", x => Variable<T>.Apply<TOp>(x[0], number, x[1]), Sample.In(a, 5), Sample.In(c)),
        ];
    }

    // always the same number: a case is a fixed program
    private static T Number<T>(Domain domain) where T : unmanaged, IFloatingPointIeee754<T> => T.CreateTruncating(domain.Draw(new Random(7)));
}
