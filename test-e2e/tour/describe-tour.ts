import type { Shot, TourStop } from './tour-stop.js';

export function pictureName({ name }: Pick<TourStop, 'name'>, [screen, colours]: Shot): string {
  return `${name}-${screen}-${colours}.jpg`;
}

const chapters = [
  ['regisseur', 'The triage desk'],
  ['actor', 'The nurse'],
  ['custodian', 'The custodian’s desk'],
] as const;

/** The tour as a page of Markdown, pictures beside each other. */
export function describeTour(stops: readonly TourStop[]): string {
  const parts = chapters.map(([service, title]) => `## ${title}\n\n${stops.filter((stop) => stop.service === service).map(describeStop).join('\n')}`);
  return `# A tour of the pages\n\nMade by \`npm run tour\` from a running region with made-up clients; axe has nothing against any of them.\n\n${parts.join('\n')}`;
}

function describeStop(stop: TourStop): string {
  const pictures = stop.shots.map((shot) => `<img src="tour/${pictureName(stop, shot)}" alt="${stop.caption} (${shot.join(', ')})" width="${shot[0] === 'phone' ? 220 : 560}">`);
  return `${stop.caption}\n\n<p>\n${pictures.join('\n')}\n</p>\n`;
}
