import { type CallFlow, startCall } from './call-flow.js';
import { type CallStorage, forgetCall, keepCall, keptCall } from './keep-call.js';

function memory(): CallStorage & { readonly entries: Map<string, string> } {
  const entries = new Map<string, string>();
  return { entries, getItem: (key) => entries.get(key) ?? null, setItem: (key, value) => void entries.set(key, value), removeItem: (key) => void entries.delete(key) };
}

const flow: CallFlow = { ...startCall(() => '6f0c1d52-7f7a-4f5e-9f6d-2b1f4a5d6c7e'), request: { kind: 'planned', reportedBy: 'Dochter', description: 'Gevallen', urgency: 'urgent' } };

describe('the call that a tab keeps', () => {
  it('is there again for whoever typed it', () => {
    const storage = memory();
    keepCall(storage, 'r-2001', flow);
    expect(keptCall(storage, 'r-2001')).toEqual(flow);
  });

  it('is gone when somebody else looks, for her too', () => {
    const storage = memory();
    keepCall(storage, 'r-2001', flow);
    expect(keptCall(storage, 'r-2002')).toBeUndefined();
    expect(storage.entries.size).toBe(0);
  });

  it('is gone once it is done', () => {
    const storage = memory();
    keepCall(storage, 'r-2001', flow);
    forgetCall(storage);
    expect(keptCall(storage, 'r-2001')).toBeUndefined();
  });

  it.each(['', 'null', '{', '{"user":"r-2001"}'])('is none when what is kept is %j', (text) => {
    const storage = memory();
    storage.setItem('anw-call', text);
    expect(keptCall(storage, 'r-2001')).toBeUndefined();
  });

  it('has no place for a BSN', () => {
    const storage = memory();
    keepCall(storage, 'r-2001', { ...flow, search: { ...flow.search, bsn: '999990019' } } as CallFlow);
    expect(keptCall(storage, 'r-2001')).toBeUndefined();
    expect(storage.entries.size).toBe(0);
  });
});
