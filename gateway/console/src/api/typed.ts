let forms = 0;

/** Notes that a form has something that was typed in and not sent; what it returns ends that. */
export function noteTyped(): () => void {
  forms++;
  return () => void forms--;
}

/** Whether something was typed in and not sent. */
export const isSomethingTyped = () => forms > 0;
