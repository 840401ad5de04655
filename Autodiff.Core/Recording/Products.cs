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

    /// <summary>Of the steps from a slot on only some stay, one after the other: those of outer sums are found in their new slots.</summary>
    public void Move(int first, int[] kept)
    {
        for (int i = order.Count - 1; i >= 0 && order[i].Product >= first; i--)
        {
            (int sum, int product) = order[i];
            int place = sum < first ? Array.BinarySearch(kept, product - first) : -1;
            if (place >= 0) (again[sum], order[i]) = (first + place, (sum, first + place));
            else
            {
                again.Remove(sum);
                order.RemoveAt(i);
            }
        }
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
