/** The command cannot be carried out; the message is a sentence for whoever gave it. */
export class ToolError extends Error {
  override readonly name = 'ToolError';
}
