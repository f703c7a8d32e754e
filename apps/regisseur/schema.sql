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

CREATE TABLE alarm_times (
  organisation_id uuid NOT NULL,
  routine integer NOT NULL,
  soon integer NOT NULL,
  urgent integer NOT NULL,
  CONSTRAINT alarm_times_pkey PRIMARY KEY (organisation_id),
  CONSTRAINT alarm_times_routine_check CHECK (routine > 0),
  CONSTRAINT alarm_times_soon_check CHECK (soon > 0),
  CONSTRAINT alarm_times_urgent_check CHECK (urgent > 0)
);
ALTER TABLE alarm_times ENABLE ROW LEVEL SECURITY;
ALTER TABLE alarm_times FORCE ROW LEVEL SECURITY;
CREATE POLICY organisation ON alarm_times AS PERMISSIVE FOR ALL TO public USING (((current_setting('anw.organisation'::text, true) = '*'::text) OR ((organisation_id)::text = current_setting('anw.organisation'::text, true))));
GRANT INSERT, SELECT, UPDATE ON alarm_times TO application;

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

CREATE TABLE authorization_request (
  organisation_id uuid NOT NULL,
  request_id uuid NOT NULL,
  authorization_id uuid NOT NULL,
  CONSTRAINT authorization_request_pkey PRIMARY KEY (organisation_id, request_id)
);
ALTER TABLE authorization_request ENABLE ROW LEVEL SECURITY;
ALTER TABLE authorization_request FORCE ROW LEVEL SECURITY;
CREATE POLICY organisation ON authorization_request AS PERMISSIVE FOR ALL TO public USING (((current_setting('anw.organisation'::text, true) = '*'::text) OR ((organisation_id)::text = current_setting('anw.organisation'::text, true))));
GRANT INSERT, SELECT ON authorization_request TO application;

CREATE TABLE care_request (
  organisation_id uuid NOT NULL,
  id uuid NOT NULL,
  kind text NOT NULL,
  reported_by text NOT NULL,
  description text NOT NULL,
  urgency text NOT NULL,
  received_at timestamp with time zone NOT NULL,
  outcome text,
  decided_at timestamp with time zone,
  decided_by text,
  tree jsonb,
  deviation text,
  triage_note text,
  CONSTRAINT care_request_pkey PRIMARY KEY (organisation_id, id),
  CONSTRAINT care_request_kind_check CHECK (kind = ANY (ARRAY['planned'::text, 'unplanned'::text])),
  CONSTRAINT care_request_outcome_check CHECK (outcome = ANY (ARRAY['nothing-needed'::text, 'informal-carer'::text, 'emergency-112'::text, 'out-of-hours-care'::text])),
  CONSTRAINT triaged_or_not CHECK ((outcome IS NULL) = (decided_at IS NULL) AND (outcome IS NULL) = (decided_by IS NULL))
);
CREATE INDEX care_request_newest ON public.care_request USING btree (organisation_id, received_at DESC);
ALTER TABLE care_request ENABLE ROW LEVEL SECURITY;
ALTER TABLE care_request FORCE ROW LEVEL SECURITY;
CREATE POLICY organisation ON care_request AS PERMISSIVE FOR ALL TO public USING (((current_setting('anw.organisation'::text, true) = '*'::text) OR ((organisation_id)::text = current_setting('anw.organisation'::text, true))));
GRANT INSERT, SELECT, UPDATE ON care_request TO application;

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

CREATE TABLE decision_tree (
  organisation_id uuid NOT NULL,
  version integer NOT NULL,
  tree jsonb NOT NULL,
  created_at timestamp with time zone NOT NULL,
  created_by text NOT NULL,
  published_at timestamp with time zone,
  published_by text,
  retired_at timestamp with time zone,
  CONSTRAINT decision_tree_pkey PRIMARY KEY (organisation_id, version),
  CONSTRAINT decision_tree_version_check CHECK (version > 0),
  CONSTRAINT published_by_somebody CHECK ((published_at IS NULL) = (published_by IS NULL)),
  CONSTRAINT retired_after_use CHECK (retired_at IS NULL OR published_at IS NOT NULL)
);
CREATE UNIQUE INDEX decision_tree_in_use ON public.decision_tree USING btree (organisation_id) WHERE ((published_at IS NOT NULL) AND (retired_at IS NULL));
ALTER TABLE decision_tree ENABLE ROW LEVEL SECURITY;
ALTER TABLE decision_tree FORCE ROW LEVEL SECURITY;
CREATE POLICY organisation ON decision_tree AS PERMISSIVE FOR ALL TO public USING (((current_setting('anw.organisation'::text, true) = '*'::text) OR ((organisation_id)::text = current_setting('anw.organisation'::text, true))));
GRANT INSERT, SELECT, UPDATE ON decision_tree TO application;

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

CREATE TABLE handover (
  organisation_id uuid NOT NULL,
  id uuid NOT NULL,
  written_by text NOT NULL,
  written_by_name text NOT NULL,
  written_at timestamp with time zone NOT NULL,
  remark text,
  items jsonb NOT NULL,
  accepted_by text,
  accepted_by_name text,
  accepted_at timestamp with time zone,
  CONSTRAINT handover_pkey PRIMARY KEY (organisation_id, id),
  CONSTRAINT accepted_by_somebody CHECK ((accepted_at IS NULL) = (accepted_by IS NULL) AND (accepted_at IS NULL) = (accepted_by_name IS NULL))
);
CREATE INDEX handover_newest ON public.handover USING btree (organisation_id, written_at DESC);
ALTER TABLE handover ENABLE ROW LEVEL SECURITY;
ALTER TABLE handover FORCE ROW LEVEL SECURITY;
CREATE POLICY organisation ON handover AS PERMISSIVE FOR ALL TO public USING (((current_setting('anw.organisation'::text, true) = '*'::text) OR ((organisation_id)::text = current_setting('anw.organisation'::text, true))));
GRANT INSERT, SELECT, UPDATE ON handover TO application;

CREATE TABLE issued_authorization (
  organisation_id uuid NOT NULL,
  id uuid NOT NULL,
  credential_id text NOT NULL,
  credential text NOT NULL,
  request_id uuid NOT NULL,
  care_request_id uuid NOT NULL,
  shift_id uuid NOT NULL,
  custodian text NOT NULL,
  custodian_name text NOT NULL,
  actor text NOT NULL,
  actor_name text NOT NULL,
  practitioner text NOT NULL,
  practitioner_name text NOT NULL,
  patient_handle text NOT NULL,
  delegation text NOT NULL,
  patient jsonb NOT NULL,
  note text NOT NULL,
  urgency text NOT NULL,
  visit_from timestamp with time zone NOT NULL,
  visit_until timestamp with time zone NOT NULL,
  valid_from timestamp with time zone NOT NULL,
  valid_until timestamp with time zone NOT NULL,
  issued_at timestamp with time zone NOT NULL,
  issued_by text NOT NULL,
  offer uuid NOT NULL,
  received_at timestamp with time zone,
  opened_at timestamp with time zone,
  refused_at timestamp with time zone,
  revoked_at timestamp with time zone,
  home_access boolean NOT NULL DEFAULT false,
  reported_at timestamp with time zone,
  revoked_by text,
  revoke_reason text,
  open_before timestamp with time zone,
  alarm_at timestamp with time zone,
  acknowledged_at timestamp with time zone,
  acknowledged_by text,
  follows uuid,
  follows_how text,
  replaced_by uuid,
  extended_since timestamp with time zone,
  CONSTRAINT issued_authorization_pkey PRIMARY KEY (organisation_id, id),
  CONSTRAINT issued_authorization_organisation_id_request_id_key UNIQUE (organisation_id, request_id),
  CONSTRAINT issued_authorization_organisation_id_care_request_id_fkey FOREIGN KEY (organisation_id, care_request_id) REFERENCES care_request(organisation_id, id),
  CONSTRAINT issued_authorization_organisation_id_shift_id_fkey FOREIGN KEY (organisation_id, shift_id) REFERENCES shift(organisation_id, id),
  CONSTRAINT acknowledged_by_somebody CHECK ((acknowledged_at IS NULL) = (acknowledged_by IS NULL)),
  CONSTRAINT follows_somehow CHECK ((follows IS NULL) = (follows_how IS NULL)),
  CONSTRAINT issued_authorization_check CHECK (valid_until > valid_from),
  CONSTRAINT issued_authorization_follows_how_check CHECK (follows_how = ANY (ARRAY['reassigned'::text, 'extended'::text]))
);
CREATE INDEX issued_authorization_newest ON public.issued_authorization USING btree (organisation_id, issued_at DESC);
CREATE INDEX issued_authorization_of_actor ON public.issued_authorization USING btree (organisation_id, actor, valid_until);
CREATE INDEX issued_authorization_of_request ON public.issued_authorization USING btree (organisation_id, care_request_id);
CREATE INDEX issued_authorization_of_shift ON public.issued_authorization USING btree (organisation_id, shift_id);
CREATE INDEX issued_authorization_to_open ON public.issued_authorization USING btree (organisation_id, open_before) WHERE ((open_before IS NOT NULL) AND (opened_at IS NULL) AND (revoked_at IS NULL) AND (replaced_by IS NULL) AND (alarm_at IS NULL));
ALTER TABLE issued_authorization ENABLE ROW LEVEL SECURITY;
ALTER TABLE issued_authorization FORCE ROW LEVEL SECURITY;
CREATE POLICY organisation ON issued_authorization AS PERMISSIVE FOR ALL TO public USING (((current_setting('anw.organisation'::text, true) = '*'::text) OR ((organisation_id)::text = current_setting('anw.organisation'::text, true))));
GRANT INSERT, SELECT, UPDATE ON issued_authorization TO application;

CREATE TABLE migration (
  id integer NOT NULL DEFAULT nextval('migration_id_seq'::regclass),
  timestamp bigint NOT NULL,
  name character varying NOT NULL,
  CONSTRAINT "PK_3043fc6b8af7c99b8b98830094f" PRIMARY KEY (id)
);
GRANT SELECT ON migration TO application;

CREATE TABLE night_viewer (
  organisation_id uuid NOT NULL,
  viewer uuid NOT NULL,
  granted_at timestamp with time zone NOT NULL,
  CONSTRAINT night_viewer_pkey PRIMARY KEY (organisation_id, viewer)
);
ALTER TABLE night_viewer ENABLE ROW LEVEL SECURITY;
ALTER TABLE night_viewer FORCE ROW LEVEL SECURITY;
CREATE POLICY organisation ON night_viewer AS PERMISSIVE FOR ALL TO public USING (((current_setting('anw.organisation'::text, true) = '*'::text) OR ((organisation_id)::text = current_setting('anw.organisation'::text, true))));
GRANT DELETE, INSERT, SELECT ON night_viewer TO application;

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

CREATE TABLE partner (
  organisation_id uuid NOT NULL,
  did text NOT NULL,
  role text NOT NULL,
  name text NOT NULL,
  CONSTRAINT partner_pkey PRIMARY KEY (organisation_id, did, role),
  CONSTRAINT partner_role_check CHECK (role = ANY (ARRAY['custodian'::text, 'actor'::text]))
);
ALTER TABLE partner ENABLE ROW LEVEL SECURITY;
ALTER TABLE partner FORCE ROW LEVEL SECURITY;
CREATE POLICY organisation ON partner AS PERMISSIVE FOR ALL TO public USING (((current_setting('anw.organisation'::text, true) = '*'::text) OR ((organisation_id)::text = current_setting('anw.organisation'::text, true))));
GRANT INSERT, SELECT, UPDATE ON partner TO application;

CREATE TABLE postcode_area (
  organisation_id uuid NOT NULL,
  area text NOT NULL,
  latitude double precision NOT NULL,
  longitude double precision NOT NULL,
  district text,
  CONSTRAINT postcode_area_pkey PRIMARY KEY (organisation_id, area),
  CONSTRAINT postcode_area_area_check CHECK (area ~ '^[1-9][0-9]{3}$'::text),
  CONSTRAINT postcode_area_latitude_check CHECK (latitude >= '-90'::integer::double precision AND latitude <= 90::double precision),
  CONSTRAINT postcode_area_longitude_check CHECK (longitude >= '-180'::integer::double precision AND longitude <= 180::double precision)
);
ALTER TABLE postcode_area ENABLE ROW LEVEL SECURITY;
ALTER TABLE postcode_area FORCE ROW LEVEL SECURITY;
CREATE POLICY organisation ON postcode_area AS PERMISSIVE FOR ALL TO public USING (((current_setting('anw.organisation'::text, true) = '*'::text) OR ((organisation_id)::text = current_setting('anw.organisation'::text, true))));
GRANT DELETE, INSERT, SELECT ON postcode_area TO application;

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

CREATE TABLE received_allowlist (
  organisation_id uuid NOT NULL,
  custodian text NOT NULL,
  rows jsonb NOT NULL,
  delegation_id text,
  fetched_at timestamp with time zone,
  attempted_at timestamp with time zone,
  failure text,
  told_at timestamp with time zone,
  CONSTRAINT received_allowlist_pkey PRIMARY KEY (organisation_id, custodian),
  CONSTRAINT received_allowlist_failure_check CHECK (failure = ANY (ARRAY['unreachable'::text, 'unreadable'::text, 'refused'::text, 'limited'::text]))
);
ALTER TABLE received_allowlist ENABLE ROW LEVEL SECURITY;
ALTER TABLE received_allowlist FORCE ROW LEVEL SECURITY;
CREATE POLICY organisation ON received_allowlist AS PERMISSIVE FOR ALL TO public USING (((current_setting('anw.organisation'::text, true) = '*'::text) OR ((organisation_id)::text = current_setting('anw.organisation'::text, true))));
GRANT INSERT, SELECT, UPDATE ON received_allowlist TO application;

CREATE TABLE received_delegation (
  organisation_id uuid NOT NULL,
  custodian text NOT NULL,
  id text NOT NULL,
  actors jsonb NOT NULL,
  max_authorization_seconds integer NOT NULL,
  valid_from timestamp with time zone NOT NULL,
  valid_until timestamp with time zone NOT NULL,
  jwt text NOT NULL,
  fetched_at timestamp with time zone NOT NULL,
  CONSTRAINT received_delegation_pkey PRIMARY KEY (organisation_id, custodian)
);
ALTER TABLE received_delegation ENABLE ROW LEVEL SECURITY;
ALTER TABLE received_delegation FORCE ROW LEVEL SECURITY;
CREATE POLICY organisation ON received_delegation AS PERMISSIVE FOR ALL TO public USING (((current_setting('anw.organisation'::text, true) = '*'::text) OR ((organisation_id)::text = current_setting('anw.organisation'::text, true))));
GRANT INSERT, SELECT, UPDATE ON received_delegation TO application;

CREATE TABLE received_duty (
  organisation_id uuid NOT NULL,
  actor text NOT NULL,
  fetched_at timestamp with time zone,
  attempted_at timestamp with time zone NOT NULL,
  failure text,
  CONSTRAINT received_duty_pkey PRIMARY KEY (organisation_id, actor),
  CONSTRAINT received_duty_failure_check CHECK (failure = ANY (ARRAY['unreachable'::text, 'unreadable'::text, 'refused'::text, 'limited'::text]))
);
ALTER TABLE received_duty ENABLE ROW LEVEL SECURITY;
ALTER TABLE received_duty FORCE ROW LEVEL SECURITY;
CREATE POLICY organisation ON received_duty AS PERMISSIVE FOR ALL TO public USING (((current_setting('anw.organisation'::text, true) = '*'::text) OR ((organisation_id)::text = current_setting('anw.organisation'::text, true))));
GRANT INSERT, SELECT, UPDATE ON received_duty TO application;

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
  district text,
  told_at timestamp with time zone,
  absent_since timestamp with time zone,
  ended_at timestamp with time zone,
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

CREATE TABLE triage_order (
  organisation_id uuid NOT NULL,
  id uuid NOT NULL,
  system text NOT NULL,
  idempotency_key text NOT NULL,
  fingerprint text NOT NULL,
  created_at timestamp with time zone NOT NULL,
  told text,
  attempts integer NOT NULL DEFAULT 0,
  look_at timestamp with time zone,
  last_failure text,
  CONSTRAINT triage_order_pkey PRIMARY KEY (organisation_id, id),
  CONSTRAINT triage_order_organisation_id_system_idempotency_key_key UNIQUE (organisation_id, system, idempotency_key)
);
CREATE INDEX triage_order_parked ON public.triage_order USING btree (organisation_id, system) WHERE ((look_at IS NULL) AND (last_failure IS NOT NULL));
CREATE INDEX triage_order_to_look_at ON public.triage_order USING btree (look_at) WHERE (look_at IS NOT NULL);
ALTER TABLE triage_order ENABLE ROW LEVEL SECURITY;
ALTER TABLE triage_order FORCE ROW LEVEL SECURITY;
CREATE POLICY organisation ON triage_order AS PERMISSIVE FOR ALL TO public USING (((current_setting('anw.organisation'::text, true) = '*'::text) OR ((organisation_id)::text = current_setting('anw.organisation'::text, true))));
GRANT INSERT, SELECT, UPDATE ON triage_order TO application;

CREATE TABLE triage_system (
  organisation_id uuid NOT NULL,
  id text NOT NULL,
  name text NOT NULL,
  secret_hash text NOT NULL,
  created_at timestamp with time zone NOT NULL,
  webhook_url text,
  encryption_key_id text,
  sealed_secret bytea,
  CONSTRAINT triage_system_pkey PRIMARY KEY (organisation_id, id),
  CONSTRAINT webhook_is_whole CHECK ((webhook_url IS NULL) = (sealed_secret IS NULL) AND (webhook_url IS NULL) = (encryption_key_id IS NULL))
);
ALTER TABLE triage_system ENABLE ROW LEVEL SECURITY;
ALTER TABLE triage_system FORCE ROW LEVEL SECURITY;
CREATE POLICY organisation ON triage_system AS PERMISSIVE FOR ALL TO public USING (((current_setting('anw.organisation'::text, true) = '*'::text) OR ((organisation_id)::text = current_setting('anw.organisation'::text, true))));
GRANT DELETE, INSERT, SELECT, UPDATE ON triage_system TO application;

CREATE TABLE triage_token (
  organisation_id uuid NOT NULL,
  hash text NOT NULL,
  system text NOT NULL,
  expires_at timestamp with time zone NOT NULL,
  CONSTRAINT triage_token_pkey PRIMARY KEY (organisation_id, hash),
  CONSTRAINT triage_token_organisation_id_system_fkey FOREIGN KEY (organisation_id, system) REFERENCES triage_system(organisation_id, id) ON DELETE CASCADE
);
ALTER TABLE triage_token ENABLE ROW LEVEL SECURITY;
ALTER TABLE triage_token FORCE ROW LEVEL SECURITY;
CREATE POLICY organisation ON triage_token AS PERMISSIVE FOR ALL TO public USING (((current_setting('anw.organisation'::text, true) = '*'::text) OR ((organisation_id)::text = current_setting('anw.organisation'::text, true))));
GRANT DELETE, INSERT, SELECT ON triage_token TO application;
