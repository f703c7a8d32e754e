import type { Authorization, AuthorizationStore, Receipt, Revocation } from '@anw/triage';
import { Did, DidUrl, EmployeeIdentifier, PatientHandle, type ValidityPeriod } from '@anw/values';
import { type FindOptionsWhere, In, IsNull, MoreThan } from 'typeorm';
import { z } from 'zod';
import type { Transaction } from '../database/database.js';
import { raiseSignal } from '../signals/signals.js';
import { AuthorizationEntity, type AuthorizationRow } from './authorization-entity.js';
import { UNOPENED } from './authorization-tables.js';

const Patient = z.strictObject({ name: z.string(), birthDate: z.string(), address: z.string().optional() });

const receiptColumn = { received: 'received_at', opened: 'opened_at', reported: 'reported_at', refused: 'refused_at' } as const satisfies Record<Receipt, string>;

/** Authorizations that the transaction's organisation issued, in PostgreSQL. Every change is signalled on `authorization_delivery`. */
export class AuthorizationTable implements AuthorizationStore {
  constructor(private readonly tx: Transaction) {}

  async claimRequest(requestId: string, authorization: string): Promise<boolean> {
    const rows = await this.tx.query(
      `INSERT INTO authorization_request (organisation_id, request_id, authorization_id) VALUES ($1, $2, $3)
       ON CONFLICT DO NOTHING RETURNING request_id`,
      [this.tx.organisation, requestId, authorization],
      'claim-authorization-request',
    );
    return rows.length === 1;
  }

  async addAuthorization(authorization: Authorization): Promise<void> {
    await this.tx.manager.insert(AuthorizationEntity, { organisationId: this.tx.organisation, ...toRow(authorization) });
    await this.signal(authorization.id);
  }

  findAuthorization(id: string): Promise<Authorization | undefined> {
    return this.findOne({ id });
  }

  findByRequest(requestId: string): Promise<Authorization | undefined> {
    return this.findOne({ requestId });
  }

  async listAuthorizations(limit: number): Promise<readonly Authorization[]> {
    const rows = await this.tx.manager.find(AuthorizationEntity, { where: { organisationId: this.tx.organisation }, order: { issuedAt: 'DESC', id: 'ASC' }, take: limit });
    return rows.map(fromRow);
  }

  listInForceOfShift(shift: string, at: Date): Promise<readonly Authorization[]> {
    return this.findInForce({ shiftId: shift }, at);
  }

  listInForce(at: Date): Promise<readonly Authorization[]> {
    return this.findInForce({}, at);
  }

  async replaceCredential(id: string, credential: string): Promise<void> {
    await this.tx.query('UPDATE issued_authorization SET credential = $3 WHERE organisation_id = $1 AND id = $2', [this.tx.organisation, id, credential]);
  }

  async markRevoked(id: string, { at, by, reason }: Revocation): Promise<boolean> {
    const rows = await this.tx.query(
      'UPDATE issued_authorization SET revoked_at = $3, revoked_by = $4, revoke_reason = $5 WHERE organisation_id = $1 AND id = $2 AND revoked_at IS NULL RETURNING id',
      [this.tx.organisation, id, at, by ?? null, reason ?? null],
    );
    return this.signalIf(rows.length === 1, id);
  }

  async markReplaced(id: string, by: string): Promise<boolean> {
    const rows = await this.tx.query('UPDATE issued_authorization SET replaced_by = $3 WHERE organisation_id = $1 AND id = $2 AND replaced_by IS NULL AND revoked_at IS NULL RETURNING id', [this.tx.organisation, id, by]);
    return this.signalIf(rows.length === 1, id);
  }

  async markAcknowledged(id: string, by: EmployeeIdentifier, at: Date, rangAt: Date): Promise<void> {
    const rows = await this.tx.query(
      'UPDATE issued_authorization SET acknowledged_at = $4, acknowledged_by = $3 WHERE organisation_id = $1 AND id = $2 AND (acknowledged_at IS NULL OR acknowledged_at < $5) RETURNING id',
      [this.tx.organisation, id, by, at, rangAt],
    );
    await this.signalIf(rows.length === 1, id);
  }

  async raiseAlarms(at: Date): Promise<number> {
    const rows = await this.tx.query<{ id: string }>(
      `UPDATE issued_authorization SET alarm_at = $2 WHERE organisation_id = $1 AND open_before <= $2 AND valid_until > $2 AND ${UNOPENED} RETURNING id`,
      [this.tx.organisation, at],
      'raise-alarms',
    );
    for (const { id } of rows) await this.signal(id);
    return rows.length;
  }

  async listOfCareRequests(careRequests: readonly string[]): Promise<readonly Authorization[]> {
    const rows = await this.tx.manager.find(AuthorizationEntity, { where: { organisationId: this.tx.organisation, careRequestId: In(careRequests) }, order: { issuedAt: 'DESC', id: 'ASC' } });
    return rows.map(fromRow);
  }

  async listInPeriod({ from, until }: ValidityPeriod, limit: number): Promise<readonly Authorization[]> {
    const rows = await this.tx.manager
      .createQueryBuilder(AuthorizationEntity, 'authorization')
      .where('authorization.organisation_id = :organisation AND ((visit_from < :until AND visit_until > :from) OR (valid_from < :until AND valid_until > :from))', { organisation: this.tx.organisation, from, until })
      .orderBy('issued_at', 'DESC')
      .addOrderBy('id', 'ASC')
      .limit(limit)
      .getMany();
    return rows.map(fromRow);
  }

  async markReceipt(id: string, receipt: Receipt, at: Date): Promise<boolean> {
    const column = receiptColumn[receipt];
    const rows = await this.tx.query(
      `UPDATE issued_authorization SET ${column} = $3 WHERE organisation_id = $1 AND id = $2 AND ${column} IS NULL RETURNING id`,
      [this.tx.organisation, id, at],
      `mark-receipt-${receipt}`,
    );
    return this.signalIf(rows.length === 1, id);
  }

  hasAuthorizationInForce(careRequest: string, at: Date): Promise<boolean> {
    return this.exists('care_request_id = $2 AND valid_until > $3 AND revoked_at IS NULL', careRequest, at);
  }

  hasAuthorizationSince(actor: Did, at: Date): Promise<boolean> {
    return this.exists('actor = $2 AND valid_until > $3', actor, at);
  }

  private async findInForce(where: FindOptionsWhere<AuthorizationRow>, at: Date): Promise<readonly Authorization[]> {
    const rows = await this.tx.manager.find(AuthorizationEntity, {
      where: { ...where, organisationId: this.tx.organisation, validUntil: MoreThan(at), revokedAt: IsNull() },
      order: { issuedAt: 'ASC', id: 'ASC' },
    });
    return rows.map(fromRow);
  }

  private async exists(condition: string, value: string, at: Date): Promise<boolean> {
    const rows = await this.tx.query(`SELECT 1 FROM issued_authorization WHERE organisation_id = $1 AND ${condition} LIMIT 1`, [this.tx.organisation, value, at]);
    return rows.length === 1;
  }

  private async findOne(where: FindOptionsWhere<AuthorizationRow>): Promise<Authorization | undefined> {
    const row = await this.tx.manager.findOneBy(AuthorizationEntity, { ...where, organisationId: this.tx.organisation });
    return row === null ? undefined : fromRow(row);
  }

  private async signalIf(changed: boolean, id: string): Promise<boolean> {
    if (changed) await this.signal(id);
    return changed;
  }

  private signal(id: string): Promise<void> {
    return raiseSignal(this.tx, 'authorization_delivery', { organisation: this.tx.organisation, id });
  }
}

function toRow(authorization: Authorization): Omit<AuthorizationRow, 'organisationId' | 'patient'> & { readonly patient: object } {
  const { custodian, actor, practitioner, visitWindow, period } = authorization;
  return {
    id: authorization.id,
    credentialId: authorization.credentialId,
    credential: authorization.credential,
    requestId: authorization.requestId,
    careRequestId: authorization.careRequest,
    shiftId: authorization.shift,
    custodian: custodian.did,
    custodianName: custodian.name,
    actor: actor.did,
    actorName: actor.name,
    practitioner: practitioner.identifier,
    practitionerName: practitioner.name,
    patientHandle: authorization.handle,
    delegation: authorization.delegation,
    patient: authorization.patient,
    note: authorization.note,
    urgency: authorization.urgency,
    visitFrom: visitWindow.from,
    visitUntil: visitWindow.until,
    homeAccess: authorization.homeAccess,
    validFrom: period.from,
    validUntil: period.until,
    issuedAt: authorization.issuedAt,
    issuedBy: authorization.issuedBy,
    offer: authorization.offer,
    receivedAt: authorization.receivedAt ?? null,
    openedAt: authorization.openedAt ?? null,
    refusedAt: authorization.refusedAt ?? null,
    revokedAt: authorization.revokedAt ?? null,
    reportedAt: authorization.reportedAt ?? null,
    revokedBy: authorization.revokedBy ?? null,
    revokeReason: authorization.revokeReason ?? null,
    openBefore: authorization.openBefore ?? null,
    alarmAt: authorization.alarmAt ?? null,
    acknowledgedAt: authorization.acknowledged?.at ?? null,
    acknowledgedBy: authorization.acknowledged?.by ?? null,
    follows: authorization.follows?.authorization ?? null,
    followsHow: authorization.follows?.how ?? null,
    replacedBy: authorization.replacedBy ?? null,
    extendedSince: authorization.extendedSince ?? null,
  };
}

function fromRow(row: AuthorizationRow): Authorization {
  return {
    id: row.id,
    credentialId: DidUrl.parse(row.credentialId),
    credential: row.credential,
    requestId: row.requestId,
    careRequest: row.careRequestId,
    shift: row.shiftId,
    custodian: { did: Did.parse(row.custodian), name: row.custodianName },
    actor: { did: Did.parse(row.actor), name: row.actorName },
    practitioner: { identifier: EmployeeIdentifier.parse(row.practitioner), name: row.practitionerName },
    handle: PatientHandle.parse(row.patientHandle),
    delegation: DidUrl.parse(row.delegation),
    patient: Patient.parse(row.patient),
    note: row.note,
    urgency: row.urgency,
    visitWindow: { from: row.visitFrom, until: row.visitUntil },
    homeAccess: row.homeAccess,
    period: { from: row.validFrom, until: row.validUntil },
    issuedAt: row.issuedAt,
    issuedBy: EmployeeIdentifier.parse(row.issuedBy),
    offer: row.offer,
    ...(row.receivedAt && { receivedAt: row.receivedAt }),
    ...(row.openedAt && { openedAt: row.openedAt }),
    ...(row.refusedAt && { refusedAt: row.refusedAt }),
    ...(row.revokedAt && { revokedAt: row.revokedAt }),
    ...whatCameAfter(row),
  };
}

function whatCameAfter(row: AuthorizationRow): Partial<Authorization> {
  return {
    ...(row.reportedAt && { reportedAt: row.reportedAt }),
    ...(row.revokedBy !== null && { revokedBy: EmployeeIdentifier.parse(row.revokedBy) }),
    ...(row.revokeReason !== null && { revokeReason: row.revokeReason }),
    ...(row.openBefore && { openBefore: row.openBefore }),
    ...(row.alarmAt && { alarmAt: row.alarmAt }),
    ...(row.acknowledgedAt && row.acknowledgedBy !== null && { acknowledged: { at: row.acknowledgedAt, by: EmployeeIdentifier.parse(row.acknowledgedBy) } }),
    ...(row.follows !== null && row.followsHow !== null && { follows: { authorization: row.follows, how: row.followsHow } }),
    ...(row.replacedBy !== null && { replacedBy: row.replacedBy }),
    ...(row.extendedSince && { extendedSince: row.extendedSince }),
  };
}
