import { Database } from '@anw/persistence';
import { DatabaseSessions } from '@anw/platform';
import { Inject, Injectable } from '@nestjs/common';

/** Logins of the staff door in this service's PostgreSQL: they survive a restart. */
@Injectable()
export class StoredStaffSessions extends DatabaseSessions {
  constructor(@Inject(Database) database: Database) {
    super(database);
  }
}
