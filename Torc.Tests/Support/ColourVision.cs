namespace Torc.Tests.Support;

/// <summary>How eyes see colours: what each channel becomes of red, green and blue, in linear light, after Machado, Oliveira and Fernandes (2009) at full strength.</summary>
internal sealed class ColourVision
{
    private readonly string _name;
    private readonly double[][] _rows;

    private ColourVision(string name, double[] red, double[] green, double[] blue) => (_name, _rows) = (name, [red, green, blue]);

    public static IReadOnlyList<ColourVision> All { get; } =
    [
        new("normal", [1, 0, 0], [0, 1, 0], [0, 0, 1]),
        new("without red", [0.152286, 1.052583, -0.204868], [0.114503, 0.786281, 0.099216], [-0.003882, -0.048116, 1.051998]),
        new("without green", [0.367322, 0.860646, -0.227968], [0.280085, 0.672501, 0.047413], [-0.011820, 0.042940, 0.968881]),
        new("without blue", [1.255528, -0.076749, -0.178779], [-0.078411, 0.930809, 0.147602], [0.004733, 0.691367, 0.303900]),
    ];

    public double[] Mix(double[] colour) => [.. _rows.Select(row => row.Zip(colour, (weight, part) => weight * part).Sum())];

    public override string ToString() => _name;
}
