import { createTestDatabase, type TestDatabase } from '@anw/testing';
import { OrganisationId } from '@anw/values';
import { once } from 'node:events';
import { EventEmitter } from 'node:events';
import { setTimeout as sleep } from 'node:timers/promises';
import { raiseSignal, type Signal, SignalListener } from './signals.js';

const linde = OrganisationId.parse('11111111-1111-4111-8111-111111111111');

describe('signals between the processes of one service', () => {
  let test: TestDatabase;
  let listener: SignalListener;
  const heard: Signal[] = [];
  const emitter = new EventEmitter();

  beforeAll(async () => {
    test = await createTestDatabase([]);
    listener = new SignalListener(test.url, 20);
    listener.on('visit_route', (signal) => {
      heard.push(signal);
      emitter.emit('heard');
    });
    await listener.connect();
  });
  afterAll(async () => {
    await listener.close();
    await test.drop();
  });
  beforeEach(() => heard.splice(0));

  const raise = (id: string) => test.database.withOrganisation(linde, (tx) => raiseSignal(tx, 'visit_route', { organisation: linde, id }));

  it('reach a listener when the transaction commits', async () => {
    const arrival = once(emitter, 'heard');
    await raise('b7a1');
    await arrival;
    expect(heard).toEqual([{ organisation: linde, id: 'b7a1' }]);
  });

  it('are not raised by a transaction that rolls back', async () => {
    await test.database
      .withOrganisation(linde, async (tx) => {
        await raiseSignal(tx, 'visit_route', { organisation: linde, id: 'never' });
        throw new Error('rolled back');
      })
      .catch(() => undefined);
    const arrival = once(emitter, 'heard');
    await raise('after');
    await arrival;
    expect(heard.map((signal) => signal.id)).toEqual(['after']);
  });

  it('are heard again after the connection was lost', async () => {
    await test.database.acrossOrganisations((tx) => tx.query("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE application_name = 'signals' AND usename = current_user"));
    for (let attempt = 0; attempt < 100 && heard.length === 0; attempt += 1) {
      await raise('again');
      await sleep(20);
    }
    expect(heard[0]).toEqual({ organisation: linde, id: 'again' });
  });

  it('tell who listens that some may have been missed, once the connection is back', async () => {
    const missed = once(emitter, 'missed');
    const forget = listener.on('visit_route', () => undefined, () => emitter.emit('missed'));
    await test.database.acrossOrganisations((tx) => tx.query("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE application_name = 'signals' AND usename = current_user"));
    await missed;
    forget();
    const arrival = once(emitter, 'heard');
    await raise('from-now-on');
    await arrival;
    expect(heard).toEqual([{ organisation: linde, id: 'from-now-on' }]);
  });
});
