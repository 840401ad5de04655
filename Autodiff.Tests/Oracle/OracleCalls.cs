using System.Numerics;

namespace Autodiff.Tests.Oracle;

/// <summary>How an operation of the files is called here: the one list from names to calls.</summary>
internal static class OracleCalls
{
    /// <summary>Operations of the files that are not yet built (issue 6). Who builds one moves its name to a call below.</summary>
    public static readonly HashSet<string> NotYetBuilt =
    [
    ];

    private static readonly HashSet<string> Integral = ["cross_entropy 1", "gather 1", "index_select 1", "embedding 0"];

    public static bool IsElementwise(string op) => Elementwise<One<double>>(op, [new(0.5), new(0.5), new(0.5)]) is not null;

    /// <summary>Whether an input is a list of integers, not a tensor.</summary>
    public static bool IsIntegral(OracleCase c, int input) => Integral.Contains($"{c.Op} {input}");

    /// <summary>An elementwise op over whatever its formula is read over: scalars and tensors alike; null if the op is none.</summary>
    public static R? Elementwise<R>(string op, ReadOnlySpan<R> x) where R : struct, IReal<R> => op switch
    {
        "negate" => -x[0],
        "abs" => x[0].Abs(),
        "reciprocal" => x[0].Reciprocal(),
        "square" => x[0].Square(),
        "sqrt" => x[0].Sqrt(),
        "exp" => x[0].Exp(),
        "expm1" => x[0].ExpM1(),
        "log" => x[0].Log(),
        "logp1" => x[0].LogP1(),
        "sin" => x[0].Sin(),
        "cos" => x[0].Cos(),
        "tanh" => x[0].Tanh(),
        "sigmoid" => x[0].Sigmoid(),
        "relu" => x[0].Relu(),
        "softplus" => x[0].Softplus(),
        "erfc" => x[0].Erfc(),
        "lgamma" => x[0].LogGamma(),
        "digamma" => x[0].Digamma(),
        "erfinv" => x[0].Erfinv(),
        "logit" => x[0].Logit(),
        "gelu_tanh" => x[0].GeluTanh(),
        "fmod" => x[0].Fmod(x[1]),
        "remainder" => x[0].Remainder(x[1]),
        "sign" => x[0].Sign(),
        "round" => x[0].Round(),
        "cbrt" => x[0].Cbrt(),
        "copysign" => x[0].CopySign(x[1]),
        "trigamma" => x[0].Trigamma(),
        "xlog1py" => x[0].XLogP1(x[1]),
        "xlogy" => x[0].XLogY(x[1]),
        "log_add_exp" => x[0].LogAddExp(x[1]),
        "log_sigmoid" => x[0].LogSigmoid(),
        "mish" => x[0].Mish(),
        "selu" => x[0].Selu(),
        "softsign" => x[0].Softsign(),
        "sinc" => x[0].Sinc(),
        "hard_tanh" => x[0].HardTanh(),
        "hard_sigmoid" => x[0].HardSigmoid(),
        "rsqrt" => x[0].ReciprocalSqrt(),
        "exp2" => x[0].Exp2(),
        "log2" => x[0].Log2(),
        "log10" => x[0].Log10(),
        "tan" => x[0].Tan(),
        "asin" => x[0].Asin(),
        "acos" => x[0].Acos(),
        "atan" => x[0].Atan(),
        "sinh" => x[0].Sinh(),
        "cosh" => x[0].Cosh(),
        "asinh" => x[0].Asinh(),
        "acosh" => x[0].Acosh(),
        "atanh" => x[0].Atanh(),
        "silu" => x[0].Silu(),
        "elu" => x[0].Elu(alpha: 1),
        "clamp" => x[0].Clamp(-0.5, 0.75),
        "gelu" => x[0].Gelu(),
        "erf" => x[0].Erf(),
        "leaky_relu" => x[0].LeakyRelu(slope: 0.01),
        "add" => x[0] + x[1],
        "subtract" => x[0] - x[1],
        "multiply" => x[0] * x[1],
        "divide" => x[0] / x[1],
        "pow" => x[0].Pow(x[1]),
        "atan2" => x[0].Atan2(x[1]),
        "hypot" => x[0].Hypot(x[1]),
        "maximum" => x[0].Maximum(x[1]),
        "minimum" => x[0].Minimum(x[1]),
        "where" => R.Apply<Where>(x[0], x[1], x[2]),
        _ => null,
    };

    /// <summary>Any op of this issue over tensors; null if it is not built.</summary>
    public static Variable<T>? Tensor<T>(OracleCase c, Variable<T>[] x) where T : unmanaged, IFloatingPointIeee754<T> => c.Op switch
    {
        "where" => Variable.Where(x[0], x[1], x[2]),
        "sum" => c.Has("axis") ? x[0].Sum(c.Integer("axis"), c.Flag("keepDims")) : x[0].Sum(),
        "prod" => c.Has("axis") ? x[0].Product(c.Integer("axis"), c.Flag("keepDims")) : x[0].Product(),
        "cumsum" => x[0].CumSum(c.Integer("axis")),
        "cumprod" => x[0].CumProd(c.Integer("axis")),
        "flip" => x[0].Flip(c.Integer("axis")),
        "huber_loss" => x[0].Huber(x[1], delta: c.Number("delta")),
        "mean" => c.Has("axis") ? x[0].Mean(c.Integer("axis"), c.Flag("keepDims")) : x[0].Mean(),
        "max" => c.Has("axis") ? x[0].Max(c.Integer("axis"), c.Flag("keepDims")) : x[0].Max(),
        "min" => c.Has("axis") ? x[0].Min(c.Integer("axis"), c.Flag("keepDims")) : x[0].Min(),
        "logsumexp" => x[0].LogSumExp(c.Integer("axis"), c.Flag("keepDims")),
        "variance" => x[0].Variance(c.Integer("axis"), c.Flag("keepDims")),
        "norm2" => x[0].Norm(c.Integer("axis"), c.Flag("keepDims")),
        "reshape" => x[0].Reshape(c.Integers("shape")).Square(),
        "permute" => x[0].Permute(c.Integers("axes")),
        "transpose" => x[0].Transpose(),
        "broadcast_to" => x[0].BroadcastTo(c.Integers("shape")),
        "slice" => x[0].Slice(c.Integer("axis"), c.Integer("start"), c.Integer("length")),
        "pad" => x[0].Pad(c.Integer("axis"), c.Integer("before"), c.Integer("after")),
        "concat" => Variable.Concat(x, c.Integer("axis")),
        "stack" => Variable.Stack(x, c.Integer("axis")),
        "gather" => x[0].Gather(c.Inputs[1].Integers, c.Inputs[1].Shape, c.Integer("axis")),
        "index_select" => x[0].IndexSelect(c.Inputs[1].Integers, c.Integer("axis")),
        "embedding" => x[1].Embedding(c.Inputs[0].Integers, c.Inputs[0].Shape),
        "matmul" => x[0].MatMul(x[1]),
        "dot" => x[0].Dot(x[1]),
        "outer" => x[0].Outer(x[1]),
        "einsum" => Variable.Einsum(c.Text("equation"), x),
        "cholesky" => x[0].Cholesky(),
        "solve" => x[0].Solve(x[1]),
        "inverse" => x[0].Inverse(),
        "logdet" => x[0].LogDet(),
        "triangular_solve" => x[0].TriangularSolve(x[1], c.Flag("lower")),
        "softmax" => x[0].Softmax(c.Integer("axis")),
        "log_softmax" => x[0].LogSoftmax(c.Integer("axis")),
        "cross_entropy" => x[0].CrossEntropy(c.Inputs[1].Integers),
        "binary_cross_entropy_with_logits" => x[0].BinaryCrossEntropyWithLogits(x[1]),
        "mse_loss" => x[0].MeanSquaredError(x[1]),
        "layer_norm" => x[0].LayerNorm(x[1], x[2], epsilon: c.Number("epsilon")),
        "scaled_dot_product_attention" => Variable.ScaledDotProductAttention(x[0], x[1], x[2], c.Flag("causal")),
        "conv1d" => x[0].Conv1d(x[1], x[2], c.Integer("stride"), c.Integer("padding"), c.Integer("dilation")),
        "conv2d" => x[0].Conv2d(x[1], x[2], c.Integer("stride"), c.Integer("padding"), c.Integer("dilation")),
        "max_pool1d" => x[0].MaxPool1d(c.Integer("window"), c.Integer("stride")),
        "max_pool2d" => x[0].MaxPool2d(c.Integer("window"), c.Integer("stride")),
        "avg_pool1d" => x[0].AvgPool1d(c.Integer("window"), c.Integer("stride")),
        "avg_pool2d" => x[0].AvgPool2d(c.Integer("window"), c.Integer("stride")),
        _ => Elementwise<Variable<T>>(c.Op, x),
    };
}
