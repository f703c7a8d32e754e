const id = 'anw-live';

/** Has a screen reader say something that appeared by itself. */
export function announce(text: string): void {
  const region = document.getElementById(id);
  if (region === null) return;
  // The same words twice are news twice.
  region.textContent = region.textContent === text ? `${text} ` : text;
}

export const LIVE_REGION_ID = id;
