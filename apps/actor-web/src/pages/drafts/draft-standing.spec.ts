import type { DraftDetail } from '@anw/api-contracts';
import type { KeptDraft } from '../../offline/index.js';
import { standingOf } from './draft-standing.js';

const kept = (change: Partial<KeptDraft>) => ({ state: 'writing', isAtServer: false, ...change }) as KeptDraft;
const server = (state: DraftDetail['state']) => ({ state }) as DraftDetail;

describe('where an entry stands', () => {
  it.each([
    ['is on this device alone until the server has it', { kept: kept({}) }, 'device-only'],
    ['is a draft when the server has it too', { kept: kept({ isAtServer: true }), server: server('draft') }, 'draft'],
    ['waits for a connection after she pressed send', { kept: kept({ state: 'sending' }), server: server('draft') }, 'waiting'],
    ['asks her what is unusual', { kept: kept({ stopped: { message: 'Ongebruikelijk.', toConfirm: [] } }) }, 'question'],
    ['is what the server says once it has left', { server: server('sending') }, 'sending'],
    ['is received, whatever this device still keeps', { kept: kept({ state: 'sending' }), server: server('accepted') }, 'accepted'],
    ['is refused', { server: server('refused') }, 'refused'],
    ['is hers again when she corrects what was refused', { kept: kept({}), server: server('refused') }, 'device-only'],
  ] as const)('%s', (_, draft, standing) => {
    expect(standingOf(draft)).toBe(standing);
  });
});
