import type { components } from './generated/schema';

type ProblemDocument = components['schemas']['Problem'];

/** A field that the gateway found wrong, as the pointer in its problem names it. */
export interface WrongField {
  pointer: string;
  /** The name of the fault, which stays. */
  code: string;
  /** What a text of it names, such as the limits of a number. */
  values: Record<string, string>;
  /** The gateway's own words, for a fault that this console does not know. */
  message: string;
}

/** An answer of the gateway that is not a success, or no answer at all (status 0). */
export class ProblemError extends Error {
  readonly status: number;
  readonly code: string;
  readonly requestId: string | undefined;
  readonly wrongFields: WrongField[];
  readonly document: Partial<ProblemDocument>;

  constructor(status: number, document: Partial<ProblemDocument>, requestId?: string) {
    super(document.detail ?? document.title ?? `HTTP ${status}`);
    this.status = status;
    this.code = document.code ?? (status === 0 ? 'no_answer' : 'unknown');
    this.requestId = document.requestId ?? requestId;
    this.wrongFields = (document.errors ?? []).map((it) => ({
      pointer: it.pointer ?? '',
      code: it.code ?? 'unknown',
      values: it.values ?? {},
      message: it.message ?? '',
    }));
    this.document = document;
  }

  /** Whether the call may have been applied although no success was answered. */
  get inDoubt(): boolean {
    return this.status === 0 || this.status === 500 || this.status === 502 || this.status === 504;
  }

  /** Whether the same call, with the same key, may succeed later. */
  get mayRetry(): boolean {
    return this.inDoubt || this.status === 408 || this.status === 429 || this.status === 503;
  }

  static async of(response: Response, body: unknown): Promise<ProblemError> {
    const document = typeof body === 'object' && body !== null ? (body as Partial<ProblemDocument>) : {};
    return new ProblemError(response.status, document, response.headers.get('X-Request-Id') ?? undefined);
  }

  static from(cause: unknown): ProblemError {
    return cause instanceof ProblemError
      ? cause
      : new ProblemError(0, { detail: cause instanceof Error ? cause.message : String(cause) });
  }
}

/** The path of a form field that a JSON pointer names: `/lines/0/amount` is `['lines', 0, 'amount']`. */
export function fieldPath(pointer: string): (string | number)[] {
  return pointer
    .replace(/^#?\//, '')
    .split('/')
    .filter((step) => step !== '')
    .map((step) => step.replace(/~1/g, '/').replace(/~0/g, '~'))
    .map((step) => (/^\d+$/.test(step) ? Number(step) : step));
}
