import { Type } from 'typebox';
import { operation } from '../operation.ts';

const Position = Type.Array(Type.Number());
/** A standard address with its place, WGS 84 degrees. `near`: the nearest number of the street that is on record; `street`: no number was given. */
export const FoundAddress = Type.Object({ code: Type.String(), text: Type.String(), division: Type.String(), precision: Type.Enum(['exact', 'near', 'street']), longitude: Type.Number(), latitude: Type.Number() });
export const geocodeAddress = operation({
  id: 'geography.geocode', method: 'GET', path: '/api/geography/addresses', summary: 'Standard addresses for a text, the best first',
  query: Type.Object({ text: Type.String({ minLength: 2, maxLength: 200 }) }, { additionalProperties: false }), response: Type.Object({ items: Type.Array(FoundAddress) }),
});

/** A thing with a place: GeoJSON geometry (RFC 7946). */
export const MapFeature = Type.Object({ kind: Type.String(), code: Type.String(), name: Type.String(), nameEn: Type.String(), geometry: Type.Object({ type: Type.Enum(['Point', 'LineString', 'Polygon']), coordinates: Type.Union([Position, Type.Array(Position), Type.Array(Type.Array(Position))]) }) });
export const readCityMap = operation({
  id: 'geography.map', method: 'GET', path: '/api/geography/map', summary: 'Place names and buildings with their outlines, 6,000 at most', response: Type.Object({ features: Type.Array(MapFeature), isWhole: Type.Boolean() }),
});
