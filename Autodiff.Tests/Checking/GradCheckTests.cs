using System.Numerics;
using NUnit.Framework;

namespace Autodiff.Tests;

/// <summary>The checker is checked: every planted mistake is caught, in both number types, and said in words that help.</summary>
[TestFixture(typeof(float))]
[TestFixture(typeof(double))]
public sealed class GradCheckTests<T> where T : unmanaged, IFloatingPointIeee754<T>
{
    [Test]
    public void AnErrorOfAThousandthIsCaught() => Caught(GradCheck.Unary<OffByAThousandth, T>(), "gradient of input 0");

    [Test]
    public void AFlippedSignIsCaught() => Caught(GradCheck.Binary<FlippedSign, T>(), "gradient of input 1 at []", "differences say -1");

    [Test]
    public void ASwappedTransposeIsCaught() => Caught(GradCheck.Operation<SwappedTranspose, T>(), "gradient of input 0 at [0, ");

    [TestCase(false)]
    [TestCase(true)]
    public void AMisscaledPoolIsCaught(bool toBoth)
    {
        Case<T> pool = MisscaledPool.Cases<T>(toBoth).Single();
        Caught(GradCheck.Run(pool), "gradient of input 0");
        Refused(() => new DerivativeLaws<T>().SelectionsPassOnTheWholeCotangent(new Trial<T>(typeof(MisscaledPool), pool)));
    }

    [Test]
    public void AForgottenPlusIsCaught() => Caught(Run(Fault.Assigns), "gradient of input 0");

    [Test]
    public void ADroppedOperandIsCaught() => Caught(Run(Fault.DropsOperand), "gradient of input 1", "is 0, differences say");

    [Test]
    public void ARuleThatCannotBeDifferentiatedIsCaught() => Caught(Run(Fault.Constant), "second derivative");

    [Test]
    public void ARuleThatIsNotLinearIsCaught()
    {
        Case<T> affine = Faulty.Cases<T>(Fault.Affine).Single();
        Refused(() => new DerivativeLaws<T>().VjpIsLinearInTheCotangent(new Trial<T>(typeof(Faulty), affine)));
    }

    [Test]
    public void AValueThatIsReadAndNotDeclaredIsCaught()
    {
        var trial = new Trial<T>(typeof(UndeclaredOutput), new Case<T>("vector", x => Variable<T>.Apply<UndeclaredOutput>(x[0]), Sample.Of(3)));
        Refused(() => new RecordingLaws<T>().TheSweepReadsOnlyWhatIsSaved(trial));
        GradCheck.Unary<UndeclaredOutput, T>().Assert();
    }

    [Test]
    public void AWrongElementIsFoundAmongManyByADirection()
    {
        // larger than the Jacobian that is looked at element by element
        Func<Variable<T>[], Variable<T>> wrong = x => (x[0] * x[0]) + Variable<T>.Apply<OffByAThousandth>(x[0]);
        Caught(GradCheck.Run<T>(wrong, Sample.Of(30, 30)), "along a random direction");
        GradCheck.Run<T>(x => (x[0] * x[0]) + x[0].Tanh(), Sample.Of(30, 30)).Assert();
    }

    [TestCase(0.0, "kink")]
    [TestCase(0.02, "")]
    public void AKinkIsCalledAKink(double at, string word)
    {
        foreach (Func<Scalar<T>[], Scalar<T>> f in new Func<Scalar<T>[], Scalar<T>>[] { x => x[0].Abs(), x => x[0].Relu() + x[0] })
        {
            GradCheckReport report = GradCheck.Run(f, T.CreateTruncating(at));
            Assert.That(report.Message, Does.Contain(word));
            Assert.That(report.Passed, Is.EqualTo(word.Length == 0), report.Message);
        }
    }

    [Test]
    public void NothingThatIsNotANumberPasses()
    {
        Caught(GradCheck.Run<T>((Scalar<T>[] x) => x[0].Log(), T.CreateTruncating(-1)), "NaN");
        Caught(GradCheck.Run<T>((Scalar<T>[] x) => x[0].Sqrt(), T.Zero), "gradient of input 0 at []", T.PositiveInfinity.ToString(null, null));
        Caught(GradCheck.Run<T>((Scalar<T>[] x) => x[0] * T.PositiveInfinity, T.One), "needs finite values");
        Assert.That(GradCheck.Operation<WithoutCases, T>().Passed, Is.False);
    }

    [Test]
    public void AFunctionOfMoreThanItsInputsIsRefused()
    {
        int calls = 0;
        Caught(GradCheck.Run<T>(x => x[0] * T.CreateTruncating(++calls), Sample.Of(2)), "two evaluations");
    }

    [Test]
    public void ThePassedReportSaysHowManyDigits()
    {
        GradCheckReport report = GradCheck.Run(x => x[0].Sin() * x[1].Exp(), T.CreateTruncating(0.7), T.CreateTruncating(-0.3)).Assert();
        Assert.That(report.Digits, Is.GreaterThan(typeof(T) == typeof(double) ? 9.5 : 3.5));
        Assert.That(report.Message, Does.Contain("digits verified"));
    }

    [TestCase(1e-6)]
    [TestCase(1e3)]
    public void TheStepFitsTheScaleOfTheInput(double scale)
    {
        T k = T.CreateTruncating(1 / scale);
        GradCheck.Run(x => (x[0] * k).Sin(), T.CreateTruncating(0.8 * scale)).Assert();
        Assert.That(GradCheck.Run(x => Scalar<T>.Apply<OffByAThousandth>(x[0] * k), T.CreateTruncating(0.8 * scale)).Passed, Is.False);
    }

    private static GradCheckReport Run(Fault fault)
    {
        GradCheck.Operation<Faulty, T>().Assert();
        return GradCheck.Run(Faulty.Cases<T>(fault).Single());
    }

    private static void Caught(GradCheckReport report, params string[] words)
    {
        Assert.That(report.Passed, Is.False, report.Message);
        foreach (string word in words) Assert.That(report.Message, Does.Contain(word));
        Assert.That(report.Message, Does.Contain("seed 1"));
        Assert.That(() => report.Assert(), Throws.TypeOf<GradCheckException>().With.Message.EqualTo(report.Message));
    }

    // an assertion of a law that fails, without failing this test
    private static void Refused(Action law)
    {
        using (new NUnit.Framework.Internal.TestExecutionContext.IsolatedContext())
            Assert.That(law, Throws.TypeOf<AssertionException>());
    }

    private readonly record struct WithoutCases : IOperation<WithoutCases>
    {
        public static Saved Saves => Saved.Nothing;

        public Shape Shape(ReadOnlySpan<Shape> inputs) => inputs[0];

        public void Forward<TNumber>(ForwardStep<TNumber> step) where TNumber : unmanaged, IFloatingPointIeee754<TNumber> => step[0].CopyTo(step.Output);

        public void Vjp<TNumber>(VjpStep<TNumber> step) where TNumber : unmanaged, IFloatingPointIeee754<TNumber> => step.Accumulate(0, step.Cotangent);

        public static IEnumerable<Case<TNumber>> Cases<TNumber>() where TNumber : unmanaged, IFloatingPointIeee754<TNumber> => [];
    }
}
