import { ConfigurationError, readConfig } from '../../config/read-config.js';
import { contrast } from './contrast.js';
import { themeSettings } from './themes.js';

const read = (themes: unknown) => readConfig({ ORGANISATION_THEMES: JSON.stringify(themes), STRICT_MODE: 'off' }, { themes: themeSettings }).themes;

describe('colours of an organisation', () => {
  it('are taken when people can read what is written in them', () => {
    expect(read({ 'de-eik': { brand: '#1d5c2e' } })).toEqual({ 'de-eik': { brand: '#1d5c2e', onBrand: '#ffffff' } });
    expect(read({ 'de-eik': { brand: '#ffd84d', onBrand: '#14222b', action: { light: '#1d5c2e', dark: '#8fdca6' } } })).toBeDefined();
  });

  it.each([
    ['white on yellow', { brand: '#ffd84d' }, 'onBrand on brand'],
    ['links that are pale by day', { brand: '#1d5c2e', action: { light: '#8fdca6', dark: '#8fdca6' } }, 'action.light on the page'],
    ['links that are dark at night', { brand: '#1d5c2e', action: { light: '#1d5c2e', dark: '#1d5c2e' } }, 'action.dark on the page'],
  ])('%s stop the start, with the pair and its contrast', (_what, theme, named) => {
    expect(() => read({ 'de-eik': theme })).toThrow(ConfigurationError);
    expect(() => read({ 'de-eik': theme })).toThrow(named);
  });

  it.each([['a colour name', 'red'], ['markup', '#0b4a66;}body{display:none'], ['a short form', '#fff']])('%s is no colour', (_what, brand) => {
    expect(() => read({ 'de-eik': { brand } })).toThrow(ConfigurationError);
  });

  it('differ from 1 to 21', () => {
    expect(contrast('#000000', '#ffffff')).toBeCloseTo(21, 5);
    expect(contrast('#777777', '#777777')).toBe(1);
    expect(contrast('#767676', '#ffffff')).toBeCloseTo(4.54, 2);
  });
});
