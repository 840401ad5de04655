namespace Autodiff.Samples;

/// <summary>Minibatches of indices in an order drawn anew each epoch; the same seed gives the same orders. No allocation per epoch.</summary>
public sealed class Batches
{
    private readonly int[] _order;
    private readonly int _size;
    private readonly Random _random;

    /// <param name="count">Number of examples.</param>
    /// <param name="size">Examples in a batch; the last batch of an epoch holds what remains.</param>
    /// <param name="seed">Seed of the orders.</param>
    public Batches(int count, int size, int seed)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(count, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(size, 1);
        (_order, _size, _random) = ([.. Enumerable.Range(0, count)], size, new Random(seed));
    }

    /// <summary>Batches in an epoch.</summary>
    public int Count => (_order.Length + _size - 1) / _size;

    /// <summary>Draws a new order: <c>foreach (ReadOnlySpan&lt;int&gt; batch in batches.NextEpoch())</c>.</summary>
    public Epoch NextEpoch()
    {
        _random.Shuffle(_order);
        return new Epoch(_order, _size);
    }

    /// <summary>The batches of one epoch.</summary>
    public ref struct Epoch
    {
        private readonly ReadOnlySpan<int> _order;
        private readonly int _size;
        private int _start;

        internal Epoch(ReadOnlySpan<int> order, int size)
        {
            _order = order;
            _size = size;
            _start = -size;
        }

        public readonly Epoch GetEnumerator() => this;

        public readonly ReadOnlySpan<int> Current => _order.Slice(_start, Math.Min(_size, _order.Length - _start));

        public bool MoveNext() => (_start += _size) < _order.Length;
    }
}
