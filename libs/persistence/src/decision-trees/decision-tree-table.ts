import type { DecisionTree, DecisionTreeStore, TreeState, TreeVersion } from '@anw/triage';
import { EmployeeIdentifier } from '@anw/values';
import { z } from 'zod';
import type { Transaction } from '../database/database.js';

const End = z.object({ outcome: z.enum(['nothing-needed', 'informal-carer', 'emergency-112', 'out-of-hours-care']), advice: z.string(), urgency: z.enum(['routine', 'soon', 'urgent']).exactOptional() });
const Answer = z.object({ id: z.string(), text: z.string(), then: z.union([z.strictObject({ question: z.string() }), z.strictObject({ end: End })]) });
const Tree: z.ZodType<DecisionTree> = z.object({ title: z.string(), start: z.string(), questions: z.array(z.object({ id: z.string(), text: z.string(), help: z.string().exactOptional(), answers: z.array(Answer) })) });

/** Decision trees of the transaction's organisation, in PostgreSQL. */
export class DecisionTreeTable implements DecisionTreeStore {
  constructor(private readonly tx: Transaction) {}

  async addDraft(tree: DecisionTree, by: TreeVersion['createdBy'], at: Date): Promise<number> {
    await this.waitForOthers();
    const [row] = await this.tx.query<{ version: number }>(
      `INSERT INTO decision_tree (organisation_id, version, tree, created_at, created_by)
       SELECT $1, coalesce(max(version), 0) + 1, $2, $3, $4 FROM decision_tree WHERE organisation_id = $1 RETURNING version`,
      [this.tx.organisation, JSON.stringify(tree), at, by],
    );
    if (row === undefined) throw new Error('an inserted decision tree has no version');
    return row.version;
  }

  findVersion(version: number): Promise<TreeVersion | undefined> {
    return this.findOne('version = $2', [version]);
  }

  findPublished(): Promise<TreeVersion | undefined> {
    return this.findOne('published_at IS NOT NULL AND retired_at IS NULL', []);
  }

  async listVersions(): Promise<readonly TreeVersion[]> {
    const rows = await this.tx.query<TreeRow>('SELECT * FROM decision_tree WHERE organisation_id = $1 ORDER BY version DESC', [this.tx.organisation]);
    return rows.map(fromRow);
  }

  async publish(version: number, by: TreeVersion['createdBy'], at: Date): Promise<boolean> {
    await this.waitForOthers();
    const found = await this.findVersion(version);
    if (found?.state !== 'draft') return false;
    await this.tx.query('UPDATE decision_tree SET retired_at = $2 WHERE organisation_id = $1 AND published_at IS NOT NULL AND retired_at IS NULL', [this.tx.organisation, at]);
    await this.tx.query('UPDATE decision_tree SET published_at = $3, published_by = $4 WHERE organisation_id = $1 AND version = $2', [this.tx.organisation, version, at, by]);
    return true;
  }

  /** Versions are counted and published one after another. */
  private async waitForOthers(): Promise<void> {
    await this.tx.query(`SELECT pg_advisory_xact_lock(hashtextextended('decision_tree ' || $1, 0))`, [this.tx.organisation]);
  }

  private async findOne(condition: string, values: readonly unknown[]): Promise<TreeVersion | undefined> {
    const [row] = await this.tx.query<TreeRow>(`SELECT * FROM decision_tree WHERE organisation_id = $1 AND ${condition}`, [this.tx.organisation, ...values]);
    return row && fromRow(row);
  }
}

interface TreeRow {
  readonly version: number;
  readonly tree: unknown;
  readonly created_at: Date;
  readonly created_by: string;
  readonly published_at: Date | null;
  readonly published_by: string | null;
  readonly retired_at: Date | null;
}

function fromRow(row: TreeRow): TreeVersion {
  return {
    version: row.version,
    tree: Tree.parse(row.tree),
    state: stateOf(row),
    createdAt: row.created_at,
    createdBy: personOf(row.created_by),
    ...(row.published_at && { publishedAt: row.published_at }),
    ...(row.published_by !== null && { publishedBy: personOf(row.published_by) }),
  };
}

function stateOf({ published_at, retired_at }: TreeRow): TreeState {
  if (published_at === null) return 'draft';
  return retired_at === null ? 'published' : 'retired';
}

function personOf(name: string): TreeVersion['createdBy'] {
  return name === 'operator' ? name : EmployeeIdentifier.parse(name);
}
