-- What the migrations make, for review; written by `npm run schema`.

CREATE OR REPLACE FUNCTION public.refuse_audit_change()
 RETURNS trigger
 LANGUAGE plpgsql
AS $function$
    BEGIN
      RAISE EXCEPTION 'the log is append-only: % refused', lower(TG_OP) USING ERRCODE = 'insufficient_privilege';
    END $function$;

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

CREATE TABLE dossier_look (
  organisation_id uuid NOT NULL,
  authorization_id text NOT NULL,
  practitioner text NOT NULL,
  since timestamp with time zone,
  looked_at timestamp with time zone NOT NULL,
  CONSTRAINT dossier_look_pkey PRIMARY KEY (organisation_id, authorization_id, practitioner)
);
ALTER TABLE dossier_look ENABLE ROW LEVEL SECURITY;
ALTER TABLE dossier_look FORCE ROW LEVEL SECURITY;
CREATE POLICY organisation ON dossier_look AS PERMISSIVE FOR ALL TO public USING (((current_setting('anw.organisation'::text, true) = '*'::text) OR ((organisation_id)::text = current_setting('anw.organisation'::text, true))));
GRANT DELETE, INSERT, SELECT, UPDATE ON dossier_look TO application;

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

CREATE TABLE draft (
  organisation_id uuid NOT NULL,
  id uuid NOT NULL,
  authorization_id text NOT NULL,
  custodian text NOT NULL,
  practitioner text NOT NULL,
  kind text NOT NULL,
  state text NOT NULL,
  saved_at timestamp with time zone NOT NULL,
  sent_at timestamp with time zone,
  decided_at timestamp with time zone,
  attempts integer NOT NULL DEFAULT 0,
  claim integer NOT NULL DEFAULT 0,
  next_attempt_at timestamp with time zone,
  last_failure text,
  written integer NOT NULL DEFAULT 0,
  leaving boolean NOT NULL DEFAULT false,
  warned_at timestamp with time zone,
  content bytea,
  ended_at timestamp with time zone,
  reason text,
  initials text,
  told_at timestamp with time zone,
  seen_at timestamp with time zone,
  acknowledged_at timestamp with time zone,
  acknowledged_by text,
  CONSTRAINT draft_pkey PRIMARY KEY (organisation_id, id),
  CONSTRAINT draft_due_while_sending CHECK ((state = 'sending'::text) = (next_attempt_at IS NOT NULL)),
  CONSTRAINT draft_held_or_undelivered CHECK (state <> 'undelivered'::text AND content IS NOT NULL AND ended_at IS NULL AND reason IS NULL AND initials IS NULL OR state = 'undelivered'::text AND content IS NULL AND ended_at IS NOT NULL AND reason IS NOT NULL),
  CONSTRAINT draft_reason_check CHECK (reason = ANY (ARRAY['revoked'::text, 'ended'::text, 'shift-ended'::text])),
  CONSTRAINT draft_state_check CHECK (state = ANY (ARRAY['draft'::text, 'sending'::text, 'accepted'::text, 'refused'::text, 'undelivered'::text]))
);
CREATE INDEX draft_due ON public.draft USING btree (next_attempt_at) WHERE (next_attempt_at IS NOT NULL);
CREATE INDEX draft_of_authorization ON public.draft USING btree (organisation_id, authorization_id);
CREATE INDEX draft_undelivered ON public.draft USING btree (organisation_id, ended_at DESC) WHERE (state = 'undelivered'::text);
ALTER TABLE draft ENABLE ROW LEVEL SECURITY;
ALTER TABLE draft FORCE ROW LEVEL SECURITY;
CREATE POLICY organisation ON draft AS PERMISSIVE FOR ALL TO public USING (((current_setting('anw.organisation'::text, true) = '*'::text) OR ((organisation_id)::text = current_setting('anw.organisation'::text, true))));
GRANT DELETE, INSERT, SELECT, UPDATE ON draft TO application;

CREATE TABLE draft_key (
  organisation_id uuid NOT NULL,
  authorization_id text NOT NULL,
  encryption_key_id text NOT NULL,
  sealed bytea NOT NULL,
  CONSTRAINT draft_key_pkey PRIMARY KEY (organisation_id, authorization_id)
);
ALTER TABLE draft_key ENABLE ROW LEVEL SECURITY;
ALTER TABLE draft_key FORCE ROW LEVEL SECURITY;
CREATE POLICY organisation ON draft_key AS PERMISSIVE FOR ALL TO public USING (((current_setting('anw.organisation'::text, true) = '*'::text) OR ((organisation_id)::text = current_setting('anw.organisation'::text, true))));
GRANT DELETE, INSERT, SELECT, UPDATE ON draft_key TO application;

CREATE TABLE known_regisseur (
  organisation_id uuid NOT NULL,
  did text NOT NULL,
  name text NOT NULL,
  telephone text,
  CONSTRAINT known_regisseur_pkey PRIMARY KEY (organisation_id, did)
);
ALTER TABLE known_regisseur ENABLE ROW LEVEL SECURITY;
ALTER TABLE known_regisseur FORCE ROW LEVEL SECURITY;
CREATE POLICY organisation ON known_regisseur AS PERMISSIVE FOR ALL TO public USING (((current_setting('anw.organisation'::text, true) = '*'::text) OR ((organisation_id)::text = current_setting('anw.organisation'::text, true))));
GRANT DELETE, INSERT, SELECT, UPDATE ON known_regisseur TO application;

CREATE TABLE launch_client (
  organisation_id uuid NOT NULL,
  id uuid NOT NULL,
  name text NOT NULL,
  secret_hash text NOT NULL,
  origins jsonb NOT NULL,
  created_at timestamp with time zone NOT NULL,
  created_by text NOT NULL,
  CONSTRAINT launch_client_pkey PRIMARY KEY (organisation_id, id)
);
ALTER TABLE launch_client ENABLE ROW LEVEL SECURITY;
ALTER TABLE launch_client FORCE ROW LEVEL SECURITY;
CREATE POLICY organisation ON launch_client AS PERMISSIVE FOR ALL TO public USING (((current_setting('anw.organisation'::text, true) = '*'::text) OR ((organisation_id)::text = current_setting('anw.organisation'::text, true))));
GRANT DELETE, INSERT, SELECT ON launch_client TO application;

CREATE TABLE launch_code (
  organisation_id uuid NOT NULL,
  hash text NOT NULL,
  client_id uuid NOT NULL,
  staff_user jsonb NOT NULL,
  visit uuid,
  expires_at timestamp with time zone NOT NULL,
  CONSTRAINT launch_code_pkey PRIMARY KEY (organisation_id, hash),
  CONSTRAINT launch_code_organisation_id_client_id_fkey FOREIGN KEY (organisation_id, client_id) REFERENCES launch_client(organisation_id, id) ON DELETE CASCADE
);
CREATE INDEX launch_code_expiry ON public.launch_code USING btree (expires_at);
ALTER TABLE launch_code ENABLE ROW LEVEL SECURITY;
ALTER TABLE launch_code FORCE ROW LEVEL SECURITY;
CREATE POLICY organisation ON launch_code AS PERMISSIVE FOR ALL TO public USING (((current_setting('anw.organisation'::text, true) = '*'::text) OR ((organisation_id)::text = current_setting('anw.organisation'::text, true))));
GRANT DELETE, INSERT, SELECT ON launch_code TO application;

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

CREATE TABLE push_key (
  organisation_id uuid NOT NULL,
  public_key text NOT NULL,
  encryption_key_id text NOT NULL,
  sealed bytea NOT NULL,
  CONSTRAINT push_key_pkey PRIMARY KEY (organisation_id)
);
ALTER TABLE push_key ENABLE ROW LEVEL SECURITY;
ALTER TABLE push_key FORCE ROW LEVEL SECURITY;
CREATE POLICY organisation ON push_key AS PERMISSIVE FOR ALL TO public USING (((current_setting('anw.organisation'::text, true) = '*'::text) OR ((organisation_id)::text = current_setting('anw.organisation'::text, true))));
GRANT INSERT, SELECT, UPDATE ON push_key TO application;

CREATE TABLE push_message (
  organisation_id uuid NOT NULL,
  endpoint_hash text NOT NULL,
  notice text NOT NULL,
  queued_at timestamp with time zone NOT NULL,
  attempts integer NOT NULL DEFAULT 0,
  next_attempt_at timestamp with time zone NOT NULL,
  CONSTRAINT push_message_pkey PRIMARY KEY (organisation_id, endpoint_hash, notice),
  CONSTRAINT push_message_organisation_id_endpoint_hash_fkey FOREIGN KEY (organisation_id, endpoint_hash) REFERENCES push_subscription(organisation_id, endpoint_hash) ON DELETE CASCADE
);
CREATE INDEX push_message_due ON public.push_message USING btree (next_attempt_at);
ALTER TABLE push_message ENABLE ROW LEVEL SECURITY;
ALTER TABLE push_message FORCE ROW LEVEL SECURITY;
CREATE POLICY organisation ON push_message AS PERMISSIVE FOR ALL TO public USING (((current_setting('anw.organisation'::text, true) = '*'::text) OR ((organisation_id)::text = current_setting('anw.organisation'::text, true))));
GRANT DELETE, INSERT, SELECT, UPDATE ON push_message TO application;

CREATE TABLE push_subscription (
  organisation_id uuid NOT NULL,
  endpoint_hash text NOT NULL,
  practitioner text NOT NULL,
  session_hash text NOT NULL,
  encryption_key_id text NOT NULL,
  sealed bytea NOT NULL,
  expires_at timestamp with time zone NOT NULL,
  CONSTRAINT push_subscription_pkey PRIMARY KEY (organisation_id, endpoint_hash),
  CONSTRAINT push_subscription_endpoint_hash_key UNIQUE (endpoint_hash)
);
CREATE INDEX push_subscription_of_practitioner ON public.push_subscription USING btree (organisation_id, practitioner);
CREATE INDEX push_subscription_of_session ON public.push_subscription USING btree (session_hash);
ALTER TABLE push_subscription ENABLE ROW LEVEL SECURITY;
ALTER TABLE push_subscription FORCE ROW LEVEL SECURITY;
CREATE POLICY organisation ON push_subscription AS PERMISSIVE FOR ALL TO public USING (((current_setting('anw.organisation'::text, true) = '*'::text) OR ((organisation_id)::text = current_setting('anw.organisation'::text, true))));
GRANT DELETE, INSERT, SELECT, UPDATE ON push_subscription TO application;

CREATE TABLE received_authorization (
  organisation_id uuid NOT NULL,
  authorization_id text NOT NULL,
  practitioner text,
  valid_from timestamp with time zone,
  valid_until timestamp with time zone,
  offer uuid,
  jwt text,
  context jsonb,
  received_at timestamp with time zone,
  opened_at timestamp with time zone,
  withdrawn_at timestamp with time zone,
  withdrawal text,
  home_access_looks integer NOT NULL DEFAULT 0,
  home_access_since timestamp with time zone,
  continues text,
  CONSTRAINT received_authorization_pkey PRIMARY KEY (organisation_id, authorization_id),
  CONSTRAINT held_or_withdrawn CHECK (withdrawn_at IS NULL AND jwt IS NOT NULL AND context IS NOT NULL AND offer IS NOT NULL AND received_at IS NOT NULL AND valid_from IS NOT NULL AND valid_until IS NOT NULL OR withdrawn_at IS NOT NULL AND withdrawal IS NOT NULL AND jwt IS NULL AND context IS NULL AND practitioner IS NULL),
  CONSTRAINT received_authorization_withdrawal_check CHECK (withdrawal = ANY (ARRAY['revoked'::text, 'ended'::text]))
);
CREATE INDEX received_authorization_continues ON public.received_authorization USING btree (organisation_id, continues) WHERE (continues IS NOT NULL);
CREATE INDEX received_authorization_over ON public.received_authorization USING btree (valid_until) WHERE (withdrawn_at IS NULL);
CREATE INDEX received_authorization_route ON public.received_authorization USING btree (organisation_id, received_at DESC) WHERE (withdrawn_at IS NULL);
ALTER TABLE received_authorization ENABLE ROW LEVEL SECURITY;
ALTER TABLE received_authorization FORCE ROW LEVEL SECURITY;
CREATE POLICY organisation ON received_authorization AS PERMISSIVE FOR ALL TO public USING (((current_setting('anw.organisation'::text, true) = '*'::text) OR ((organisation_id)::text = current_setting('anw.organisation'::text, true))));
GRANT INSERT, SELECT, UPDATE ON received_authorization TO application;

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

CREATE TABLE shift (
  organisation_id uuid NOT NULL,
  id uuid NOT NULL,
  practitioner text NOT NULL,
  practitioner_name text NOT NULL,
  role_name text NOT NULL,
  actor text NOT NULL,
  starts_at timestamp with time zone NOT NULL,
  ends_at timestamp with time zone NOT NULL,
  ended_at timestamp with time zone,
  district text,
  told_at timestamp with time zone,
  absent_since timestamp with time zone,
  start_area text,
  CONSTRAINT shift_pkey PRIMARY KEY (organisation_id, id),
  CONSTRAINT shift_check CHECK (ends_at > starts_at)
);
CREATE INDEX shift_running ON public.shift USING btree (organisation_id, ends_at, starts_at);
ALTER TABLE shift ENABLE ROW LEVEL SECURITY;
ALTER TABLE shift FORCE ROW LEVEL SECURITY;
CREATE POLICY organisation ON shift AS PERMISSIVE FOR ALL TO public USING (((current_setting('anw.organisation'::text, true) = '*'::text) OR ((organisation_id)::text = current_setting('anw.organisation'::text, true))));
GRANT INSERT, SELECT, UPDATE ON shift TO application;

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
