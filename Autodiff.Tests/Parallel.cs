using NUnit.Framework;

// Fixtures that count bytes, take the console or set the number of threads say NonParallelizable.
[assembly: Parallelizable(ParallelScope.Fixtures)]
