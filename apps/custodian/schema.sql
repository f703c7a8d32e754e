-- What the migrations make, for review; written by `npm run schema`.

CREATE OR REPLACE FUNCTION public.refuse_audit_change()
 RETURNS trigger
 LANGUAGE plpgsql
AS $function$
    BEGIN
      RAISE EXCEPTION 'the log is append-only: % refused', lower(TG_OP) USING ERRCODE = 'insufficient_privilege';
    END $function$;

CREATE TABLE access_settings (
  organisation_id uuid NOT NULL,
  settings jsonb NOT NULL,
  changed_at timestamp with time zone NOT NULL,
  CONSTRAINT access_settings_pkey PRIMARY KEY (organisation_id)
);
ALTER TABLE access_settings ENABLE ROW LEVEL SECURITY;
ALTER TABLE access_settings FORCE ROW LEVEL SECURITY;
CREATE POLICY organisation ON access_settings AS PERMISSIVE FOR ALL TO public USING (((current_setting('anw.organisation'::text, true) = '*'::text) OR ((organisation_id)::text = current_setting('anw.organisation'::text, true))));
GRANT INSERT, SELECT, UPDATE ON access_settings TO application;

CREATE TABLE access_token (
  organisation_id uuid NOT NULL,
  hash text NOT NULL,
  scope text NOT NULL,
  issued_at timestamp with time zone NOT NULL,
  expires_at timestamp with time zone NOT NULL,
  certificate_thumbprint text,
  decision uuid NOT NULL,
  facts jsonb NOT NULL,
  regisseur text,
  actor text,
  authorization_id text,
  delegation text,
  handle text,
  jkt text,
  CONSTRAINT access_token_pkey PRIMARY KEY (organisation_id, hash),
  CONSTRAINT access_token_bound CHECK (certificate_thumbprint IS NOT NULL OR jkt IS NOT NULL)
);
CREATE INDEX access_token_expiry ON public.access_token USING btree (expires_at);
ALTER TABLE access_token ENABLE ROW LEVEL SECURITY;
ALTER TABLE access_token FORCE ROW LEVEL SECURITY;
CREATE POLICY organisation ON access_token AS PERMISSIVE FOR ALL TO public USING (((current_setting('anw.organisation'::text, true) = '*'::text) OR ((organisation_id)::text = current_setting('anw.organisation'::text, true))));
GRANT DELETE, INSERT, SELECT ON access_token TO application;

CREATE TABLE allowlist_row (
  organisation_id uuid NOT NULL,
  id uuid NOT NULL,
  regisseur text NOT NULL,
  actor text NOT NULL,
  valid_from timestamp with time zone NOT NULL,
  valid_until timestamp with time zone NOT NULL,
  CONSTRAINT allowlist_row_pkey PRIMARY KEY (organisation_id, id)
);
CREATE INDEX allowlist_row_pair ON public.allowlist_row USING btree (organisation_id, regisseur, actor, valid_until);
ALTER TABLE allowlist_row ENABLE ROW LEVEL SECURITY;
ALTER TABLE allowlist_row FORCE ROW LEVEL SECURITY;
CREATE POLICY organisation ON allowlist_row AS PERMISSIVE FOR ALL TO public USING (((current_setting('anw.organisation'::text, true) = '*'::text) OR ((organisation_id)::text = current_setting('anw.organisation'::text, true))));
GRANT INSERT, SELECT, UPDATE ON allowlist_row TO application;

CREATE TABLE audit_event (
  organisation_id uuid NOT NULL,
  sequence bigint NOT NULL GENERATED ALWAYS AS IDENTITY,
  id uuid NOT NULL,
  name text NOT NULL,
  outcome text NOT NULL,
  at timestamp with time zone NOT NULL,
  recorded_at timestamp with time zone NOT NULL DEFAULT clock_timestamp(),
  practitioner text,
  practitioner_name text,
  practitioner_role text,
  actor text,
  regisseur text,
  requesting_system text,
  patient text,
  authorization_id text,
  purpose_of_use text,
  query text,
  resources text[] NOT NULL DEFAULT '{}'::text[],
  reason text,
  reference text,
  form smallint NOT NULL DEFAULT 2,
  actor_name text,
  regisseur_name text,
  token uuid,
  grounds text[],
  CONSTRAINT audit_event_pkey PRIMARY KEY (organisation_id, sequence),
  CONSTRAINT audit_event_form_check CHECK (form = ANY (ARRAY[1, 2])),
  CONSTRAINT audit_event_outcome_check CHECK (outcome = ANY (ARRAY['success'::text, 'minor-failure'::text, 'serious-failure'::text, 'major-failure'::text]))
);
CREATE INDEX audit_event_at ON public.audit_event USING brin (at);
CREATE INDEX audit_event_of_patient ON public.audit_event USING btree (organisation_id, patient, sequence) WHERE (patient IS NOT NULL);
CREATE INDEX audit_event_of_reference ON public.audit_event USING btree (organisation_id, reference) WHERE (reference IS NOT NULL);
ALTER TABLE audit_event ENABLE ROW LEVEL SECURITY;
ALTER TABLE audit_event FORCE ROW LEVEL SECURITY;
CREATE POLICY organisation ON audit_event AS PERMISSIVE FOR ALL TO public USING (((current_setting('anw.organisation'::text, true) = '*'::text) OR ((organisation_id)::text = current_setting('anw.organisation'::text, true))));
CREATE TRIGGER audit_event_append_only BEFORE DELETE OR UPDATE OR TRUNCATE ON audit_event FOR EACH STATEMENT EXECUTE FUNCTION refuse_audit_change();
GRANT INSERT, SELECT ON audit_event TO application;
GRANT SELECT ON SEQUENCE audit_event_sequence_seq TO application;

CREATE TABLE audit_head (
  organisation_id uuid NOT NULL,
  position bigint NOT NULL,
  signed_at timestamp with time zone NOT NULL,
  jws text NOT NULL,
  CONSTRAINT audit_head_pkey PRIMARY KEY (organisation_id, "position")
);
ALTER TABLE audit_head ENABLE ROW LEVEL SECURITY;
ALTER TABLE audit_head FORCE ROW LEVEL SECURITY;
CREATE POLICY organisation ON audit_head AS PERMISSIVE FOR ALL TO public USING (((current_setting('anw.organisation'::text, true) = '*'::text) OR ((organisation_id)::text = current_setting('anw.organisation'::text, true))));
CREATE TRIGGER audit_head_append_only BEFORE DELETE OR UPDATE OR TRUNCATE ON audit_head FOR EACH STATEMENT EXECUTE FUNCTION refuse_audit_change();
GRANT INSERT, SELECT ON audit_head TO application;

CREATE TABLE audit_link (
  organisation_id uuid NOT NULL,
  position bigint NOT NULL,
  through bigint NOT NULL,
  sealed_at timestamp with time zone NOT NULL,
  previous_hash bytea NOT NULL,
  hash bytea NOT NULL,
  sequences bigint[] NOT NULL,
  row_hashes bytea NOT NULL,
  CONSTRAINT audit_link_pkey PRIMARY KEY (organisation_id, "position"),
  CONSTRAINT audit_link_check CHECK (octet_length(row_hashes) = (32 * cardinality(sequences))),
  CONSTRAINT audit_link_hash_check CHECK (octet_length(hash) = 32),
  CONSTRAINT audit_link_position_check CHECK ("position" > 0),
  CONSTRAINT audit_link_previous_hash_check CHECK (octet_length(previous_hash) = 32)
);
ALTER TABLE audit_link ENABLE ROW LEVEL SECURITY;
ALTER TABLE audit_link FORCE ROW LEVEL SECURITY;
CREATE POLICY organisation ON audit_link AS PERMISSIVE FOR ALL TO public USING (((current_setting('anw.organisation'::text, true) = '*'::text) OR ((organisation_id)::text = current_setting('anw.organisation'::text, true))));
CREATE TRIGGER audit_link_append_only BEFORE DELETE OR UPDATE OR TRUNCATE ON audit_link FOR EACH STATEMENT EXECUTE FUNCTION refuse_audit_change();
GRANT INSERT, SELECT ON audit_link TO application;

CREATE TABLE credential_status (
  organisation_id uuid NOT NULL,
  page integer NOT NULL,
  index integer NOT NULL,
  credential_id text NOT NULL,
  valid_until timestamp with time zone NOT NULL,
  revoked_at timestamp with time zone,
  CONSTRAINT credential_status_pkey PRIMARY KEY (organisation_id, page, index),
  CONSTRAINT credential_status_organisation_id_credential_id_key UNIQUE (organisation_id, credential_id),
  CONSTRAINT credential_status_index_check CHECK (index >= 0 AND index <= 131071),
  CONSTRAINT credential_status_page_check CHECK (page > 0)
);
CREATE INDEX credential_status_revoked ON public.credential_status USING btree (organisation_id, page, index) WHERE (revoked_at IS NOT NULL);
ALTER TABLE credential_status ENABLE ROW LEVEL SECURITY;
ALTER TABLE credential_status FORCE ROW LEVEL SECURITY;
CREATE POLICY organisation ON credential_status AS PERMISSIVE FOR ALL TO public USING (((current_setting('anw.organisation'::text, true) = '*'::text) OR ((organisation_id)::text = current_setting('anw.organisation'::text, true))));
GRANT INSERT, SELECT, UPDATE ON credential_status TO application;

CREATE TABLE decision_record (
  organisation_id uuid NOT NULL,
  reference uuid NOT NULL,
  at timestamp with time zone NOT NULL,
  record jsonb NOT NULL,
  CONSTRAINT decision_record_pkey PRIMARY KEY (organisation_id, reference)
);
CREATE INDEX decision_record_age ON public.decision_record USING brin (at);
CREATE INDEX decision_record_anonymous ON public.decision_record USING btree (at) WHERE ((record ->> 'actor'::text) IS NULL);
CREATE INDEX decision_record_reference ON public.decision_record USING btree (reference);
ALTER TABLE decision_record ENABLE ROW LEVEL SECURITY;
ALTER TABLE decision_record FORCE ROW LEVEL SECURITY;
CREATE POLICY kept_for_a_week ON decision_record AS RESTRICTIVE FOR DELETE TO public USING ((at < (now() - '7 days'::interval)));
CREATE POLICY organisation ON decision_record AS PERMISSIVE FOR ALL TO public USING (((current_setting('anw.organisation'::text, true) = '*'::text) OR ((organisation_id)::text = current_setting('anw.organisation'::text, true))));
GRANT DELETE, INSERT, SELECT ON decision_record TO application;

CREATE TABLE dossier_enrichment (
  organisation_id uuid NOT NULL,
  sequence bigint NOT NULL GENERATED ALWAYS AS IDENTITY,
  id uuid NOT NULL,
  type text COLLATE "C" NOT NULL,
  resource_id text COLLATE "C" NOT NULL,
  version text NOT NULL,
  patient_id text COLLATE "C" NOT NULL,
  written_at timestamp with time zone NOT NULL,
  actor text NOT NULL,
  regisseur text NOT NULL,
  authorization_id text NOT NULL,
  practitioner_identifier text NOT NULL,
  practitioner_name text NOT NULL,
  CONSTRAINT dossier_enrichment_pkey PRIMARY KEY (organisation_id, sequence),
  CONSTRAINT dossier_enrichment_organisation_id_id_key UNIQUE (organisation_id, id),
  CONSTRAINT dossier_enrichment_organisation_id_type_resource_id_key UNIQUE (organisation_id, type, resource_id)
);
CREATE INDEX dossier_enrichment_patient ON public.dossier_enrichment USING btree (organisation_id, patient_id, sequence);
CREATE INDEX dossier_enrichment_visit ON public.dossier_enrichment USING btree (organisation_id, authorization_id, patient_id, sequence);
ALTER TABLE dossier_enrichment ENABLE ROW LEVEL SECURITY;
ALTER TABLE dossier_enrichment FORCE ROW LEVEL SECURITY;
CREATE POLICY organisation ON dossier_enrichment AS PERMISSIVE FOR ALL TO public USING (((current_setting('anw.organisation'::text, true) = '*'::text) OR ((organisation_id)::text = current_setting('anw.organisation'::text, true))));
GRANT INSERT, SELECT ON dossier_enrichment TO application;
GRANT SELECT ON SEQUENCE dossier_enrichment_sequence_seq TO application;

CREATE TABLE dpop_replay (
  organisation_id uuid NOT NULL,
  thumbprint text NOT NULL,
  jti_hash bytea NOT NULL,
  forget_after timestamp with time zone NOT NULL,
  CONSTRAINT dpop_replay_pkey PRIMARY KEY (organisation_id, thumbprint, jti_hash)
);
CREATE INDEX dpop_replay_forget ON public.dpop_replay USING btree (forget_after);
ALTER TABLE dpop_replay ENABLE ROW LEVEL SECURITY;
ALTER TABLE dpop_replay FORCE ROW LEVEL SECURITY;
CREATE POLICY organisation ON dpop_replay AS PERMISSIVE FOR ALL TO public USING (((current_setting('anw.organisation'::text, true) = '*'::text) OR ((organisation_id)::text = current_setting('anw.organisation'::text, true))));
GRANT DELETE, INSERT, SELECT ON dpop_replay TO application;

CREATE TABLE enrichment_reading (
  organisation_id uuid NOT NULL,
  enrichment_id uuid NOT NULL,
  read_at timestamp with time zone NOT NULL,
  read_by text NOT NULL,
  read_by_name text NOT NULL,
  CONSTRAINT enrichment_reading_pkey PRIMARY KEY (organisation_id, enrichment_id)
);
ALTER TABLE enrichment_reading ENABLE ROW LEVEL SECURITY;
ALTER TABLE enrichment_reading FORCE ROW LEVEL SECURITY;
CREATE POLICY organisation ON enrichment_reading AS PERMISSIVE FOR ALL TO public USING (((current_setting('anw.organisation'::text, true) = '*'::text) OR ((organisation_id)::text = current_setting('anw.organisation'::text, true))));
GRANT DELETE, INSERT, SELECT ON enrichment_reading TO application;

CREATE TABLE enrolment (
  organisation_id uuid NOT NULL,
  id uuid NOT NULL,
  patient_id text NOT NULL,
  regisseur text NOT NULL,
  handle text NOT NULL,
  valid_from timestamp with time zone NOT NULL,
  valid_until timestamp with time zone NOT NULL,
  CONSTRAINT enrolment_pkey PRIMARY KEY (organisation_id, id),
  CONSTRAINT enrolment_organisation_id_handle_key UNIQUE (organisation_id, handle)
);
CREATE INDEX enrolment_patient ON public.enrolment USING btree (organisation_id, patient_id, regisseur, valid_until);
ALTER TABLE enrolment ENABLE ROW LEVEL SECURITY;
ALTER TABLE enrolment FORCE ROW LEVEL SECURITY;
CREATE POLICY organisation ON enrolment AS PERMISSIVE FOR ALL TO public USING (((current_setting('anw.organisation'::text, true) = '*'::text) OR ((organisation_id)::text = current_setting('anw.organisation'::text, true))));
GRANT INSERT, SELECT, UPDATE ON enrolment TO application;

CREATE TABLE entry_step (
  organisation_id uuid NOT NULL,
  sequence bigint NOT NULL GENERATED ALWAYS AS IDENTITY,
  entry_id uuid NOT NULL,
  kind text NOT NULL,
  name text NOT NULL,
  at timestamp with time zone NOT NULL,
  changed_by text,
  changed_by_name text,
  reason text,
  CONSTRAINT entry_step_pkey PRIMARY KEY (organisation_id, sequence),
  CONSTRAINT entry_step_kind_check CHECK (kind = ANY (ARRAY['allowlist-row'::text, 'enrolment'::text])),
  CONSTRAINT entry_step_name_check CHECK (name = ANY (ARRAY['proposed'::text, 'added'::text, 'approved'::text, 'withdrawn'::text, 'ended'::text]))
);
CREATE INDEX entry_step_of_entry ON public.entry_step USING btree (organisation_id, entry_id, sequence);
ALTER TABLE entry_step ENABLE ROW LEVEL SECURITY;
ALTER TABLE entry_step FORCE ROW LEVEL SECURITY;
CREATE POLICY organisation ON entry_step AS PERMISSIVE FOR ALL TO public USING (((current_setting('anw.organisation'::text, true) = '*'::text) OR ((organisation_id)::text = current_setting('anw.organisation'::text, true))));
GRANT INSERT, SELECT ON entry_step TO application;

CREATE TABLE fhir_patient_key (
  organisation_id uuid NOT NULL,
  search_key bytea NOT NULL,
  patient_id text COLLATE "C" NOT NULL,
  CONSTRAINT fhir_patient_key_pkey PRIMARY KEY (organisation_id, search_key, patient_id)
);
CREATE INDEX fhir_patient_key_patient ON public.fhir_patient_key USING btree (organisation_id, patient_id);
ALTER TABLE fhir_patient_key ENABLE ROW LEVEL SECURITY;
ALTER TABLE fhir_patient_key FORCE ROW LEVEL SECURITY;
CREATE POLICY organisation ON fhir_patient_key AS PERMISSIVE FOR ALL TO public USING (((current_setting('anw.organisation'::text, true) = '*'::text) OR ((organisation_id)::text = current_setting('anw.organisation'::text, true))));
GRANT DELETE, INSERT, SELECT ON fhir_patient_key TO application;

CREATE TABLE fhir_resource (
  organisation_id uuid NOT NULL,
  type text COLLATE "C" NOT NULL,
  id text COLLATE "C" NOT NULL,
  version integer NOT NULL,
  patient_id text COLLATE "C",
  body jsonb NOT NULL,
  sort_date timestamp with time zone NOT NULL,
  last_updated timestamp with time zone NOT NULL,
  written_under text,
  written_by text,
  written_for text,
  practitioner_identifier text,
  practitioner_name text,
  write_key text,
  fingerprint text,
  CONSTRAINT fhir_resource_pkey PRIMARY KEY (organisation_id, type, id),
  CONSTRAINT fhir_resource_check CHECK ((written_under IS NULL) = (written_by IS NULL AND write_key IS NULL AND fingerprint IS NULL))
);
CREATE UNIQUE INDEX fhir_resource_write ON public.fhir_resource USING btree (organisation_id, written_by, write_key);
ALTER TABLE fhir_resource ENABLE ROW LEVEL SECURITY;
ALTER TABLE fhir_resource FORCE ROW LEVEL SECURITY;
CREATE POLICY organisation ON fhir_resource AS PERMISSIVE FOR ALL TO public USING (((current_setting('anw.organisation'::text, true) = '*'::text) OR ((organisation_id)::text = current_setting('anw.organisation'::text, true))));
GRANT INSERT, SELECT, UPDATE ON fhir_resource TO application;

CREATE TABLE fhir_search_token (
  organisation_id uuid NOT NULL,
  patient_id text COLLATE "C" NOT NULL,
  type text COLLATE "C" NOT NULL,
  parameter text COLLATE "C" NOT NULL,
  token text COLLATE "C" NOT NULL,
  sort_date timestamp with time zone NOT NULL,
  resource_id text COLLATE "C" NOT NULL,
  CONSTRAINT fhir_search_token_pkey PRIMARY KEY (organisation_id, patient_id, type, parameter, token, sort_date, resource_id)
);
ALTER TABLE fhir_search_token ENABLE ROW LEVEL SECURITY;
ALTER TABLE fhir_search_token FORCE ROW LEVEL SECURITY;
CREATE POLICY organisation ON fhir_search_token AS PERMISSIVE FOR ALL TO public USING (((current_setting('anw.organisation'::text, true) = '*'::text) OR ((organisation_id)::text = current_setting('anw.organisation'::text, true))));
GRANT DELETE, INSERT, SELECT ON fhir_search_token TO application;

CREATE TABLE fhir_source (
  organisation_id uuid NOT NULL,
  encryption_key_id text NOT NULL,
  sealed bytea NOT NULL,
  changed_at timestamp with time zone NOT NULL,
  CONSTRAINT fhir_source_pkey PRIMARY KEY (organisation_id)
);
ALTER TABLE fhir_source ENABLE ROW LEVEL SECURITY;
ALTER TABLE fhir_source FORCE ROW LEVEL SECURITY;
CREATE POLICY organisation ON fhir_source AS PERMISSIVE FOR ALL TO public USING (((current_setting('anw.organisation'::text, true) = '*'::text) OR ((organisation_id)::text = current_setting('anw.organisation'::text, true))));
GRANT DELETE, INSERT, SELECT, UPDATE ON fhir_source TO application;

CREATE TABLE fhir_source_write (
  organisation_id uuid NOT NULL,
  written_by text NOT NULL,
  write_key text NOT NULL,
  type text COLLATE "C" NOT NULL,
  resource_id text COLLATE "C" NOT NULL,
  patient_id text COLLATE "C" NOT NULL,
  written_under text NOT NULL,
  fingerprint text NOT NULL,
  claimed_until timestamp with time zone NOT NULL,
  version text,
  settled_at timestamp with time zone,
  CONSTRAINT fhir_source_write_pkey PRIMARY KEY (organisation_id, written_by, write_key),
  CONSTRAINT fhir_source_write_check CHECK ((version IS NULL) = (settled_at IS NULL))
);
CREATE INDEX fhir_source_write_resource ON public.fhir_source_write USING btree (organisation_id, type, resource_id);
ALTER TABLE fhir_source_write ENABLE ROW LEVEL SECURITY;
ALTER TABLE fhir_source_write FORCE ROW LEVEL SECURITY;
CREATE POLICY organisation ON fhir_source_write AS PERMISSIVE FOR ALL TO public USING (((current_setting('anw.organisation'::text, true) = '*'::text) OR ((organisation_id)::text = current_setting('anw.organisation'::text, true))));
GRANT DELETE, INSERT, SELECT, UPDATE ON fhir_source_write TO application;

CREATE TABLE home_access (
  organisation_id uuid NOT NULL,
  id uuid NOT NULL,
  patient_id text COLLATE "C" NOT NULL,
  encryption_key_id text NOT NULL,
  sealed bytea NOT NULL,
  changed_at timestamp with time zone NOT NULL,
  CONSTRAINT home_access_pkey PRIMARY KEY (organisation_id, id),
  CONSTRAINT home_access_organisation_id_patient_id_key UNIQUE (organisation_id, patient_id)
);
ALTER TABLE home_access ENABLE ROW LEVEL SECURITY;
ALTER TABLE home_access FORCE ROW LEVEL SECURITY;
CREATE POLICY organisation ON home_access AS PERMISSIVE FOR ALL TO public USING (((current_setting('anw.organisation'::text, true) = '*'::text) OR ((organisation_id)::text = current_setting('anw.organisation'::text, true))));
GRANT DELETE, INSERT, SELECT, UPDATE ON home_access TO application;

CREATE TABLE issued_delegation (
  organisation_id uuid NOT NULL,
  id text NOT NULL,
  sequence bigint NOT NULL GENERATED ALWAYS AS IDENTITY,
  regisseur text NOT NULL,
  valid_from timestamp with time zone NOT NULL,
  valid_until timestamp with time zone NOT NULL,
  max_authorization_seconds integer NOT NULL,
  revoked_at timestamp with time zone,
  jwt text NOT NULL,
  actors jsonb NOT NULL DEFAULT '[]'::jsonb,
  CONSTRAINT issued_delegation_pkey PRIMARY KEY (organisation_id, id)
);
CREATE INDEX issued_delegation_newest ON public.issued_delegation USING btree (organisation_id, regisseur, sequence);
ALTER TABLE issued_delegation ENABLE ROW LEVEL SECURITY;
ALTER TABLE issued_delegation FORCE ROW LEVEL SECURITY;
CREATE POLICY organisation ON issued_delegation AS PERMISSIVE FOR ALL TO public USING (((current_setting('anw.organisation'::text, true) = '*'::text) OR ((organisation_id)::text = current_setting('anw.organisation'::text, true))));
GRANT INSERT, SELECT, UPDATE ON issued_delegation TO application;

CREATE TABLE migration (
  id integer NOT NULL DEFAULT nextval('migration_id_seq'::regclass),
  timestamp bigint NOT NULL,
  name character varying NOT NULL,
  CONSTRAINT "PK_3043fc6b8af7c99b8b98830094f" PRIMARY KEY (id)
);
GRANT SELECT ON migration TO application;

CREATE TABLE notification_inbox (
  organisation_id uuid NOT NULL,
  event_id uuid NOT NULL,
  source text NOT NULL,
  type text NOT NULL,
  received_at timestamp with time zone NOT NULL,
  CONSTRAINT notification_inbox_pkey PRIMARY KEY (organisation_id, event_id, source)
);
ALTER TABLE notification_inbox ENABLE ROW LEVEL SECURITY;
ALTER TABLE notification_inbox FORCE ROW LEVEL SECURITY;
CREATE POLICY organisation ON notification_inbox AS PERMISSIVE FOR ALL TO public USING (((current_setting('anw.organisation'::text, true) = '*'::text) OR ((organisation_id)::text = current_setting('anw.organisation'::text, true))));
GRANT DELETE, INSERT, SELECT ON notification_inbox TO application;

CREATE TABLE notification_outbox (
  organisation_id uuid NOT NULL,
  event_id uuid NOT NULL,
  recipient text NOT NULL,
  event jsonb NOT NULL,
  jws text NOT NULL,
  state text NOT NULL DEFAULT 'pending'::text,
  attempts integer NOT NULL DEFAULT 0,
  created_at timestamp with time zone NOT NULL,
  next_attempt_at timestamp with time zone,
  bus_taken_at timestamp with time zone,
  received_at timestamp with time zone,
  last_failure text,
  CONSTRAINT notification_outbox_pkey PRIMARY KEY (organisation_id, event_id),
  CONSTRAINT notification_outbox_state_check CHECK (state = ANY (ARRAY['pending'::text, 'sent'::text, 'received'::text, 'parked'::text]))
);
CREATE INDEX notification_outbox_due ON public.notification_outbox USING btree (next_attempt_at) WHERE (next_attempt_at IS NOT NULL);
ALTER TABLE notification_outbox ENABLE ROW LEVEL SECURITY;
ALTER TABLE notification_outbox FORCE ROW LEVEL SECURITY;
CREATE POLICY organisation ON notification_outbox AS PERMISSIVE FOR ALL TO public USING (((current_setting('anw.organisation'::text, true) = '*'::text) OR ((organisation_id)::text = current_setting('anw.organisation'::text, true))));
GRANT DELETE, INSERT, SELECT, UPDATE ON notification_outbox TO application;

CREATE TABLE notification_parked (
  organisation_id uuid NOT NULL,
  id text NOT NULL,
  channel text NOT NULL,
  reason text NOT NULL,
  received_at timestamp with time zone NOT NULL,
  size integer NOT NULL,
  CONSTRAINT notification_parked_pkey PRIMARY KEY (organisation_id, id),
  CONSTRAINT notification_parked_channel_check CHECK (channel = ANY (ARRAY['bus'::text, 'https'::text]))
);
CREATE INDEX notification_parked_newest ON public.notification_parked USING btree (organisation_id, received_at);
ALTER TABLE notification_parked ENABLE ROW LEVEL SECURITY;
ALTER TABLE notification_parked FORCE ROW LEVEL SECURITY;
CREATE POLICY organisation ON notification_parked AS PERMISSIVE FOR ALL TO public USING (((current_setting('anw.organisation'::text, true) = '*'::text) OR ((organisation_id)::text = current_setting('anw.organisation'::text, true))));
GRANT DELETE, INSERT, SELECT ON notification_parked TO application;

CREATE TABLE organisation (
  organisation_id uuid NOT NULL,
  name text NOT NULL,
  did text NOT NULL,
  display_name text NOT NULL,
  city text NOT NULL,
  issuer text NOT NULL,
  created_at timestamp with time zone NOT NULL DEFAULT now(),
  CONSTRAINT organisation_pkey PRIMARY KEY (organisation_id),
  CONSTRAINT organisation_did_key UNIQUE (did),
  CONSTRAINT organisation_issuer_key UNIQUE (issuer),
  CONSTRAINT organisation_name_key UNIQUE (name)
);
ALTER TABLE organisation ENABLE ROW LEVEL SECURITY;
ALTER TABLE organisation FORCE ROW LEVEL SECURITY;
CREATE POLICY organisation ON organisation AS PERMISSIVE FOR ALL TO public USING (((current_setting('anw.organisation'::text, true) = '*'::text) OR ((organisation_id)::text = current_setting('anw.organisation'::text, true))));
GRANT INSERT, SELECT ON organisation TO application;

CREATE TABLE organisation_did (
  organisation_id uuid NOT NULL,
  did text NOT NULL,
  alias text NOT NULL,
  provider text NOT NULL,
  controller_kid text,
  CONSTRAINT organisation_did_pkey PRIMARY KEY (organisation_id, did),
  CONSTRAINT organisation_did_alias_key UNIQUE (alias),
  CONSTRAINT organisation_did_did_key UNIQUE (did),
  CONSTRAINT organisation_did_organisation_id_fkey FOREIGN KEY (organisation_id) REFERENCES organisation(organisation_id)
);
ALTER TABLE organisation_did ENABLE ROW LEVEL SECURITY;
ALTER TABLE organisation_did FORCE ROW LEVEL SECURITY;
CREATE POLICY organisation ON organisation_did AS PERMISSIVE FOR ALL TO public USING (((current_setting('anw.organisation'::text, true) = '*'::text) OR ((organisation_id)::text = current_setting('anw.organisation'::text, true))));
GRANT INSERT, SELECT, UPDATE ON organisation_did TO application;

CREATE TABLE organisation_name (
  organisation_id uuid NOT NULL,
  did text NOT NULL,
  name text NOT NULL,
  since timestamp with time zone NOT NULL DEFAULT clock_timestamp(),
  CONSTRAINT organisation_name_pkey PRIMARY KEY (organisation_id, did)
);
ALTER TABLE organisation_name ENABLE ROW LEVEL SECURITY;
ALTER TABLE organisation_name FORCE ROW LEVEL SECURITY;
CREATE POLICY organisation ON organisation_name AS PERMISSIVE FOR ALL TO public USING (((current_setting('anw.organisation'::text, true) = '*'::text) OR ((organisation_id)::text = current_setting('anw.organisation'::text, true))));
GRANT INSERT, SELECT, UPDATE ON organisation_name TO application;

CREATE TABLE patient_search_count (
  organisation_id uuid NOT NULL,
  regisseur text NOT NULL,
  minute timestamp with time zone NOT NULL,
  searches integer NOT NULL,
  CONSTRAINT patient_search_count_pkey PRIMARY KEY (organisation_id, regisseur)
);
ALTER TABLE patient_search_count ENABLE ROW LEVEL SECURITY;
ALTER TABLE patient_search_count FORCE ROW LEVEL SECURITY;
CREATE POLICY organisation ON patient_search_count AS PERMISSIVE FOR ALL TO public USING (((current_setting('anw.organisation'::text, true) = '*'::text) OR ((organisation_id)::text = current_setting('anw.organisation'::text, true))));
GRANT INSERT, SELECT, UPDATE ON patient_search_count TO application;

CREATE TABLE presentation_nonce (
  organisation_id uuid NOT NULL,
  holder text NOT NULL,
  nonce text NOT NULL,
  forget_after timestamp with time zone NOT NULL,
  CONSTRAINT presentation_nonce_pkey PRIMARY KEY (organisation_id, holder, nonce)
);
CREATE INDEX presentation_nonce_forget ON public.presentation_nonce USING btree (forget_after);
ALTER TABLE presentation_nonce ENABLE ROW LEVEL SECURITY;
ALTER TABLE presentation_nonce FORCE ROW LEVEL SECURITY;
CREATE POLICY organisation ON presentation_nonce AS PERMISSIVE FOR ALL TO public USING (((current_setting('anw.organisation'::text, true) = '*'::text) OR ((organisation_id)::text = current_setting('anw.organisation'::text, true))));
GRANT DELETE, INSERT, SELECT ON presentation_nonce TO application;

CREATE TABLE proposal (
  organisation_id uuid NOT NULL,
  id uuid NOT NULL,
  kind text NOT NULL,
  regisseur text NOT NULL,
  actor text,
  patient_id text,
  valid_from timestamp with time zone NOT NULL,
  valid_until timestamp with time zone NOT NULL,
  proposed_by text NOT NULL,
  proposed_at timestamp with time zone NOT NULL,
  outcome text,
  decided_by text,
  decided_at timestamp with time zone,
  CONSTRAINT proposal_pkey PRIMARY KEY (organisation_id, id),
  CONSTRAINT proposal_check CHECK ((kind = 'allowlist-row'::text) = (actor IS NOT NULL)),
  CONSTRAINT proposal_check1 CHECK ((kind = 'enrolment'::text) = (patient_id IS NOT NULL)),
  CONSTRAINT proposal_check2 CHECK ((outcome IS NULL) = (decided_at IS NULL)),
  CONSTRAINT proposal_check3 CHECK (outcome IS DISTINCT FROM 'approved'::text OR decided_by IS NOT NULL AND decided_by <> proposed_by),
  CONSTRAINT proposal_kind_check CHECK (kind = ANY (ARRAY['allowlist-row'::text, 'enrolment'::text])),
  CONSTRAINT proposal_outcome_check CHECK (outcome = ANY (ARRAY['approved'::text, 'withdrawn'::text]))
);
ALTER TABLE proposal ENABLE ROW LEVEL SECURITY;
ALTER TABLE proposal FORCE ROW LEVEL SECURITY;
CREATE POLICY organisation ON proposal AS PERMISSIVE FOR ALL TO public USING (((current_setting('anw.organisation'::text, true) = '*'::text) OR ((organisation_id)::text = current_setting('anw.organisation'::text, true))));
GRANT INSERT, SELECT, UPDATE ON proposal TO application;

CREATE TABLE pushed_revocation (
  organisation_id uuid NOT NULL,
  issuer text NOT NULL,
  authorization_id text NOT NULL,
  revoked_at timestamp with time zone NOT NULL,
  CONSTRAINT pushed_revocation_pkey PRIMARY KEY (organisation_id, issuer, authorization_id)
);
ALTER TABLE pushed_revocation ENABLE ROW LEVEL SECURITY;
ALTER TABLE pushed_revocation FORCE ROW LEVEL SECURITY;
CREATE POLICY organisation ON pushed_revocation AS PERMISSIVE FOR ALL TO public USING (((current_setting('anw.organisation'::text, true) = '*'::text) OR ((organisation_id)::text = current_setting('anw.organisation'::text, true))));
GRANT INSERT, SELECT ON pushed_revocation TO application;

CREATE TABLE sealed_key (
  organisation_id uuid NOT NULL,
  kid text NOT NULL,
  encryption_key_id text NOT NULL,
  sealed bytea NOT NULL,
  CONSTRAINT sealed_key_pkey PRIMARY KEY (organisation_id, kid),
  CONSTRAINT sealed_key_organisation_id_fkey FOREIGN KEY (organisation_id) REFERENCES organisation(organisation_id)
);
ALTER TABLE sealed_key ENABLE ROW LEVEL SECURITY;
ALTER TABLE sealed_key FORCE ROW LEVEL SECURITY;
CREATE POLICY organisation ON sealed_key AS PERMISSIVE FOR ALL TO public USING (((current_setting('anw.organisation'::text, true) = '*'::text) OR ((organisation_id)::text = current_setting('anw.organisation'::text, true))));
GRANT DELETE, INSERT, SELECT, UPDATE ON sealed_key TO application;

CREATE TABLE signing_key (
  organisation_id uuid NOT NULL,
  kid text NOT NULL,
  vault text NOT NULL,
  public_key_jwk jsonb NOT NULL,
  state text NOT NULL,
  sign_from timestamp with time zone NOT NULL,
  created_at timestamp with time zone NOT NULL DEFAULT now(),
  CONSTRAINT signing_key_pkey PRIMARY KEY (organisation_id, kid),
  CONSTRAINT signing_key_kid_key UNIQUE (kid),
  CONSTRAINT signing_key_organisation_id_fkey FOREIGN KEY (organisation_id) REFERENCES organisation(organisation_id),
  CONSTRAINT signing_key_state_check CHECK (state = ANY (ARRAY['active'::text, 'retired'::text, 'withdrawn'::text]))
);
ALTER TABLE signing_key ENABLE ROW LEVEL SECURITY;
ALTER TABLE signing_key FORCE ROW LEVEL SECURITY;
CREATE POLICY organisation ON signing_key AS PERMISSIVE FOR ALL TO public USING (((current_setting('anw.organisation'::text, true) = '*'::text) OR ((organisation_id)::text = current_setting('anw.organisation'::text, true))));
GRANT INSERT, SELECT, UPDATE ON signing_key TO application;

CREATE TABLE staff_session (
  organisation_id uuid NOT NULL,
  hash text NOT NULL,
  staff_user jsonb NOT NULL,
  opened_at timestamp with time zone NOT NULL,
  last_seen_at timestamp with time zone NOT NULL,
  expires_at timestamp with time zone NOT NULL,
  CONSTRAINT staff_session_pkey PRIMARY KEY (organisation_id, hash),
  CONSTRAINT staff_session_hash_key UNIQUE (hash)
);
CREATE INDEX staff_session_expiry ON public.staff_session USING btree (expires_at);
ALTER TABLE staff_session ENABLE ROW LEVEL SECURITY;
ALTER TABLE staff_session FORCE ROW LEVEL SECURITY;
CREATE POLICY organisation ON staff_session AS PERMISSIVE FOR ALL TO public USING (((current_setting('anw.organisation'::text, true) = '*'::text) OR ((organisation_id)::text = current_setting('anw.organisation'::text, true))));
GRANT DELETE, INSERT, SELECT, UPDATE ON staff_session TO application;

CREATE TABLE webhook (
  organisation_id uuid NOT NULL,
  url text NOT NULL,
  encryption_key_id text NOT NULL,
  sealed_secret bytea NOT NULL,
  changed_at timestamp with time zone NOT NULL,
  CONSTRAINT webhook_pkey PRIMARY KEY (organisation_id)
);
ALTER TABLE webhook ENABLE ROW LEVEL SECURITY;
ALTER TABLE webhook FORCE ROW LEVEL SECURITY;
CREATE POLICY organisation ON webhook AS PERMISSIVE FOR ALL TO public USING (((current_setting('anw.organisation'::text, true) = '*'::text) OR ((organisation_id)::text = current_setting('anw.organisation'::text, true))));
GRANT DELETE, INSERT, SELECT, UPDATE ON webhook TO application;

CREATE TABLE webhook_delivery (
  organisation_id uuid NOT NULL,
  enrichment_id uuid NOT NULL,
  state text NOT NULL DEFAULT 'pending'::text,
  attempts integer NOT NULL DEFAULT 0,
  last_failure text,
  created_at timestamp with time zone NOT NULL,
  next_attempt_at timestamp with time zone,
  delivered_at timestamp with time zone,
  CONSTRAINT webhook_delivery_pkey PRIMARY KEY (organisation_id, enrichment_id),
  CONSTRAINT webhook_delivery_state_check CHECK (state = ANY (ARRAY['pending'::text, 'delivered'::text, 'parked'::text]))
);
CREATE INDEX webhook_delivery_due ON public.webhook_delivery USING btree (next_attempt_at) WHERE (next_attempt_at IS NOT NULL);
CREATE INDEX webhook_delivery_newest ON public.webhook_delivery USING btree (organisation_id, created_at DESC);
ALTER TABLE webhook_delivery ENABLE ROW LEVEL SECURITY;
ALTER TABLE webhook_delivery FORCE ROW LEVEL SECURITY;
CREATE POLICY organisation ON webhook_delivery AS PERMISSIVE FOR ALL TO public USING (((current_setting('anw.organisation'::text, true) = '*'::text) OR ((organisation_id)::text = current_setting('anw.organisation'::text, true))));
GRANT DELETE, INSERT, SELECT, UPDATE ON webhook_delivery TO application;
