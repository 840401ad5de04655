using Autodiff.Benchmarks;
using ConsoleAppFramework;

var app = ConsoleApp.Create();
app.Add("engine", Engine.Run);
app.Add("products", Products.Run);
app.Add("start", Start.Run);
app.Add("compare", Compare.Run);
app.Add("compare-edges", Compare.Edges);
app.Add("adbench-check", AdbenchCheck.Run);
app.Add("scalar", ScalarTable.Run);
app.Run(args);
