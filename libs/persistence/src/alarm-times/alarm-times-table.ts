import { type AlarmTimes, type AlarmTimesStore, DEFAULT_ALARM_TIMES } from '@anw/triage';
import type { Transaction } from '../database/database.js';

/** Within how many minutes visits of the transaction's organisation have to be opened, in PostgreSQL. */
export class AlarmTimesTable implements AlarmTimesStore {
  constructor(private readonly tx: Transaction) {}

  async findAlarmTimes(): Promise<AlarmTimes> {
    const [row] = await this.tx.query<AlarmTimes>('SELECT routine, soon, urgent FROM alarm_times WHERE organisation_id = $1', [this.tx.organisation], 'find-alarm-times');
    return row ?? DEFAULT_ALARM_TIMES;
  }

  async saveAlarmTimes({ routine, soon, urgent }: AlarmTimes): Promise<void> {
    await this.tx.query(
      `INSERT INTO alarm_times (organisation_id, routine, soon, urgent) VALUES ($1, $2, $3, $4)
       ON CONFLICT (organisation_id) DO UPDATE SET routine = EXCLUDED.routine, soon = EXCLUDED.soon, urgent = EXCLUDED.urgent`,
      [this.tx.organisation, routine, soon, urgent],
    );
  }
}
