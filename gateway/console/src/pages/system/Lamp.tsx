import { CheckCircleFilled, CloseCircleFilled, WarningFilled } from '@ant-design/icons';
import type { ReactNode } from 'react';
import type { Lamp as State } from './health';

const SIGNS = { good: CheckCircleFilled, warning: WarningFilled, bad: CloseCircleFilled };

/** A status: its colour and its sign say the same as the words beside them. */
export function Lamp({ state, children }: { state: State; children: ReactNode }) {
  const Sign = SIGNS[state];
  return (
    <span className={`lamp lamp-${state}`}>
      <Sign aria-hidden /> <span>{children}</span>
    </span>
  );
}
