import type { Tx } from '@zhengwu/database';

export interface AddressRow {
  code: string;
  text: string;
  division: string;
  number: number;
  longitude: number;
  latitude: number;
}

const FOUND = 5;

/** Names of the city and its districts with their codes, the longest first. */
export const divisions = async (tx: Tx): Promise<{ code: string; name: string; kind: string }[]> =>
  (await tx.query<{ code: string; name: string; kind: string }>(`select key as code, data->>'name' as name, data->>'kind' as kind from registers.record
    where register = 'place-names' and known_to is null and valid_to is null and data->>'kind' in ('city', 'district') order by length(data->>'name') desc`)).rows;

/** Addresses of a street, those nearest to the number first. */
export const addresses = async (tx: Tx, street: string, division: string | null, number: number | null): Promise<AddressRow[]> =>
  (await tx.query<AddressRow>(`select key as code, data->>'text' as text, data->>'division' as division, (data->>'number')::int as number, (data->>'longitude')::float8 as longitude, (data->>'latitude')::float8 as latitude
    from registers.record where register = 'addresses' and known_to is null and valid_to is null and data->>'street' = $1 and ($2::text is null or data->>'division' = $2)
    order by abs((data->>'number')::int - coalesce($3, 0)), key limit ${FOUND}`, [street, division, number])).rows;

export interface FeatureRow {
  kind: string;
  code: string;
  name: string;
  name_en: string;
  geometry: { type: 'Point' | 'LineString' | 'Polygon'; coordinates: never };
}

export const features = async (tx: Tx, most: number): Promise<FeatureRow[]> =>
  (await tx.query<FeatureRow>(`select coalesce(data->>'kind', 'building') as kind, key as code, coalesce(data->>'name', data->>'address', '') as name, coalesce(data->>'nameEn', data->>'address', '') as name_en, data->'geometry' as geometry
    from registers.record where register in ('place-names', 'buildings') and known_to is null and valid_to is null and data ? 'geometry' order by register desc, key limit $1`, [most])).rows;
