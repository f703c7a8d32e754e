/** Middle of each postcode area of the sample region, in degrees, with the district that goes with it. */
export const samplePostcodeAreas: readonly { readonly area: string; readonly latitude: number; readonly longitude: number; readonly district: string }[] = [
  { area: '7201', latitude: 52.139, longitude: 6.198, district: 'Zutphen' },
  { area: '7202', latitude: 52.129, longitude: 6.207, district: 'Zutphen' },
  { area: '7203', latitude: 52.147, longitude: 6.215, district: 'Zutphen' },
  { area: '7204', latitude: 52.12, longitude: 6.196, district: 'Zutphen' },
  { area: '7207', latitude: 52.153, longitude: 6.226, district: 'Zutphen' },
  { area: '7231', latitude: 52.137, longitude: 6.229, district: 'Warnsveld' },
  { area: '7311', latitude: 52.216, longitude: 5.963, district: 'Apeldoorn' },
  { area: '7325', latitude: 52.213, longitude: 6.001, district: 'Apeldoorn' },
  { area: '7411', latitude: 52.252, longitude: 6.16, district: 'Deventer' },
  { area: '7415', latitude: 52.268, longitude: 6.163, district: 'Deventer' },
  { area: '7731', latitude: 52.521, longitude: 6.421, district: 'Ommen' },
  { area: '7772', latitude: 52.575, longitude: 6.617, district: 'Hardenberg' },
  { area: '8161', latitude: 52.348, longitude: 5.985, district: 'Epe' },
  { area: '8171', latitude: 52.306, longitude: 5.976, district: 'Vaassen' },
];

/** From where each nurse of the sample starts, and the district in which she drives around. */
export const sampleStarts: Readonly<Record<string, { readonly district: string; readonly startArea: string }>> = {
  noor: { district: 'Zutphen', startArea: '7203' },
  sem: { district: 'Deventer', startArea: '7411' },
  ravi: { district: 'Epe', startArea: '8161' },
  lotte: { district: 'Ommen', startArea: '7731' },
};
