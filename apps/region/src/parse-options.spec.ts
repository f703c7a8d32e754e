import { parseOptions, UsageError } from './parse-options.js';

describe('command line of the region', () => {
  it('asks for nothing special when nothing is given', () => {
    expect(parseOptions([])).toEqual({ help: false, story: false, json: false, exit: false, fresh: false, bus: 'auto', stateDirectory: undefined, dossierFiles: [] });
  });

  it('takes every option of its usage', () => {
    expect(parseOptions(['--story', '--json', '--exit', '--fresh', '--bus', 'none', '--state', '/tmp/r', '--dossier', 'a.json', '--dossier=b.json'])).toEqual({
      help: false,
      story: true,
      json: true,
      exit: true,
      fresh: true,
      bus: 'none',
      stateDirectory: '/tmp/r',
      dossierFiles: ['a.json', 'b.json'],
    });
  });

  it.each([[['--strory']], [['--bus', 'carrier-pigeon']], [['--dossier']], [['file.json']]])('refuses %j', (parameters) => {
    expect(() => parseOptions(parameters)).toThrow(UsageError);
  });
});
