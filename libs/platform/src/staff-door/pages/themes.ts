import { OrganisationName } from '@anw/values';
import { z } from 'zod';
import type { Settings } from '../../config/read-config.js';
import { json } from '../../config/setting-types.js';
import { contrast } from './contrast.js';

/** WCAG 2.2, 1.4.3: text must differ this much from its ground. */
const LEAST_CONTRAST = 4.5;

/** The grounds that the pages show their own text on; the style sheet of the pages has the same. */
const grounds = { light: '#f3f6f8', dark: '#202c34', onActionLight: '#ffffff', onActionDark: '#06202d' } as const;

const colour = z.string().regex(/^#[0-9a-f]{6}$/i, 'is not a colour as #0b4a66');

const theme = z
  .strictObject({
    /** The bar at the top. */
    brand: colour,
    /** Text in it. */
    onBrand: colour.default('#ffffff'),
    /** Buttons and links, by day and by night; left out: ours. */
    action: z.strictObject({ light: colour, dark: colour }).optional(),
  })
  .superRefine(({ brand, onBrand, action }, context) => {
    const pairs: readonly (readonly [name: string, text: string, ground: string])[] = [
      ['onBrand on brand', onBrand, brand],
      ...(action === undefined
        ? []
        : ([
            ['action.light on the page', action.light, grounds.light],
            ['text on action.light', grounds.onActionLight, action.light],
            ['action.dark on the page', action.dark, grounds.dark],
            ['text on action.dark', grounds.onActionDark, action.dark],
          ] as const)),
    ];
    for (const [name, text, ground] of pairs) {
      const ratio = contrast(text, ground);
      if (ratio < LEAST_CONTRAST) context.addIssue({ code: 'custom', message: `has too little contrast: ${name} is ${ratio.toFixed(2)}, at least ${LEAST_CONTRAST} is needed` });
    }
  });
/** The colours of one organisation. */
export type Theme = z.infer<typeof theme>;

const schema = z
  .object({ ORGANISATION_THEMES: json(z.record(OrganisationName, theme) as unknown as z.ZodType<Readonly<Record<string, Theme>>>).default({}) })
  .transform((environment) => environment.ORGANISATION_THEMES);

/** The organisations' own colours, by short name. A theme that people could not read stops the start. */
export const themeSettings: Settings<Readonly<Record<string, Theme>>> = { schema };
