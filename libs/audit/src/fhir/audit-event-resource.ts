/** FHIR R4 datatypes, as far as an AuditEvent of ours uses them. */
export interface Coding {
  readonly system: string;
  readonly code: string;
  readonly display?: string;
}

export interface Identifier {
  readonly system?: string;
  readonly value: string;
}

export interface Reference {
  readonly reference?: string;
  readonly type?: string;
  readonly identifier?: Identifier;
  readonly display?: string;
}

export interface CodeableConcept {
  readonly coding?: readonly Coding[];
  readonly text?: string;
}

export interface AuditEventAgent {
  readonly type: CodeableConcept;
  readonly role?: readonly CodeableConcept[];
  readonly who: Reference;
  readonly altId?: string;
  readonly name?: string;
  readonly requestor: boolean;
  readonly policy?: readonly string[];
  /** 1 machine name, 2 IP address, 5 URI. */
  readonly network?: { readonly address: string; readonly type: '1' | '2' | '5' };
  readonly purposeOfUse?: readonly CodeableConcept[];
}

export interface AuditEventEntity {
  readonly what?: Reference;
  readonly type: Coding;
  readonly role?: Coding;
  readonly description?: string;
  /** base64 */
  readonly query?: string;
  readonly detail?: readonly { readonly type: string; readonly valueString: string }[];
}

/** FHIR R4 AuditEvent (hl7.org/fhir/R4/auditevent.html) as we fill it. */
export interface AuditEventResource {
  readonly resourceType: 'AuditEvent';
  readonly id: string;
  readonly meta?: { readonly profile: readonly string[] };
  readonly type: Coding;
  readonly subtype: readonly Coding[];
  readonly action: 'C' | 'R' | 'U' | 'D' | 'E';
  readonly recorded: string;
  readonly outcome: '0' | '4' | '8' | '12';
  readonly outcomeDesc?: string;
  readonly purposeOfEvent?: readonly CodeableConcept[];
  readonly agent: readonly AuditEventAgent[];
  readonly source: { readonly site: string; readonly observer: Reference; readonly type: readonly Coding[] };
  readonly entity?: readonly AuditEventEntity[];
}
