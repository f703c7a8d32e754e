/** One postcode area (the four digits), as a region's table has it: a point in the middle of it, in degrees, and the district it belongs to. */
export interface PostcodeArea {
  readonly area: string;
  readonly latitude: number;
  readonly longitude: number;
  readonly district?: string;
}

/** The postcode areas that one regisseur knows; empty until its region supplies them. */
export interface PostcodeAreaStore {
  /** What was there before is gone. */
  replaceAreas(areas: readonly PostcodeArea[]): Promise<void>;
  /** Those of them that are known. */
  findAreas(areas: readonly string[]): Promise<readonly PostcodeArea[]>;
  countAreas(): Promise<number>;
}

const EARTH_RADIUS_KILOMETRES = 6371;

/** Kilometres as the crow flies (haversine). */
export function distanceKilometres(a: Pick<PostcodeArea, 'latitude' | 'longitude'>, b: Pick<PostcodeArea, 'latitude' | 'longitude'>): number {
  const [fromLatitude, toLatitude] = [radians(a.latitude), radians(b.latitude)];
  const halfChord = Math.sin((toLatitude - fromLatitude) / 2) ** 2 + Math.cos(fromLatitude) * Math.cos(toLatitude) * Math.sin(radians(b.longitude - a.longitude) / 2) ** 2;
  return 2 * EARTH_RADIUS_KILOMETRES * Math.asin(Math.min(1, Math.sqrt(halfChord)));
}

function radians(degrees: number): number {
  return (degrees * Math.PI) / 180;
}
