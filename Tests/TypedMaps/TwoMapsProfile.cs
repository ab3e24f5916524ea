using AutoMapper;

namespace Tests.TypedMaps;

/// <summary>A profile whose map has to be chosen.</summary>
public sealed class TwoMapsProfile : Profile
{
    public TwoMapsProfile()
    {
        CreateMap<Red, Green>();
        CreateMap<Red, Blue>();
    }

    public sealed record Red(string Name);

    public sealed record Green(string Name);

    public sealed record Blue(string Name);
}
