import type { Page } from 'playwright-core';

/** Once the nurse's device has all that she typed into an entry. */
export async function keptOnDevice(page: Page): Promise<void> {
  await page.getByText('Wordt bewaard…').waitFor({ state: 'hidden' });
  await page.getByText(/^Bewaard om/).waitFor();
}
