namespace Autodiff;

/// <summary>
/// Products that a sum has taken up (c + a·b is one step) and that were used once more, so that they were recorded again: from the sum's
/// slot to that of the product. Few programs have any.
/// </summary>
internal sealed class Products
{
    private readonly Dictionary<int, int> again = [];
    private readonly List<(int Sum, int Product)> order = [];

    /// <summary>The slot of the product, or −1.</summary>
    public int Find(int sum) => order.Count > 0 && again.TryGetValue(sum, out int product) ? product : -1;

    public void Add(int sum, int product)
    {
        again.Add(sum, product);
        order.Add((sum, product));
    }

    /// <summary>Forgets the products from a slot on.</summary>
    public void Truncate(int count)
    {
        while (order.Count > 0 && order[^1].Product >= count)
        {
            again.Remove(order[^1].Sum);
            order.RemoveAt(order.Count - 1);
        }
    }
}
