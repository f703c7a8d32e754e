/** What a page that is not open can be told by Web Push. Also the topic under which a newer notice takes the place of an older one (RFC 8030 §5.4). */
export const pushNotices = ['visit-added', 'visit-withdrawn', 'entry-undelivered'] as const;
export type PushNotice = (typeof pushNotices)[number];

/** A notice as the phone shows it, on a locked screen too: that something changed, nothing of whom it is about. */
export interface PushText {
  readonly title: string;
  readonly body: string;
}

const texts: Readonly<Record<PushNotice, PushText>> = {
  'visit-added': { title: 'Nieuw bezoek', body: 'Er is een nieuw bezoek. Open uw route.' },
  'visit-withdrawn': { title: 'Uw route is veranderd', body: 'Een bezoek is vervallen. Open uw route.' },
  'entry-undelivered': { title: 'Niet aangekomen', body: 'Iets wat u schreef, is niet aangekomen. Open uw route.' },
};

export function textOfNotice(notice: PushNotice): PushText {
  return texts[notice];
}
