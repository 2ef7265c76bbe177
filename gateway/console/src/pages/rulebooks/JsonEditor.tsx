import { Button, Flex } from 'antd';
import { useRef, type RefObject, type UIEvent } from 'react';
import { useTranslation } from 'react-i18next';
import { lineOf, type Range } from './positions';

/** Height of a line in pixels, as the style sheet has it. */
const LINE = 20;

/** A mark beside a line. */
export interface Mark {
  line: number;
  severe: boolean;
}

interface JsonEditorProps {
  text: string;
  marks: Mark[];
  readOnly: boolean;
  area: RefObject<HTMLTextAreaElement | null>;
  onChange: (text: string) => void;
  /** Writes the text anew as people read it; undefined where it is no JSON. */
  onTidy: (() => void) | undefined;
}

/** A text as JSON, with the numbers of its lines and marks at those where something is wrong. */
export function JsonEditor({ text, marks, readOnly, area, onChange, onTidy }: JsonEditorProps) {
  const { t } = useTranslation();
  const lines = useRef<HTMLDivElement>(null);
  const follow = (event: UIEvent<HTMLTextAreaElement>) => lines.current?.style.setProperty('transform', `translateY(${-event.currentTarget.scrollTop}px)`);
  const count = lineOf(text, text.length);
  return (
    <>
      <div className="json-editor">
        <div className="json-gutter" aria-hidden="true">
          <div ref={lines}>
            {marks.map((it) => (
              <i key={`${it.line} ${it.severe}`} className={it.severe ? 'json-mark json-mark-severe' : 'json-mark'} style={{ top: 8 + (it.line - 1) * LINE }} />
            ))}
            <pre>{Array.from({ length: count }, (_, i) => i + 1).join('\n')}</pre>
          </div>
        </div>
        <textarea
          ref={area}
          aria-label={t('rulebooks:json.label')}
          aria-invalid={marks.some((it) => it.severe)}
          value={text}
          readOnly={readOnly}
          wrap="off"
          spellCheck={false}
          autoCapitalize="off"
          autoComplete="off"
          onScroll={follow}
          onChange={(event) => onChange(event.target.value)}
        />
      </div>
      {!readOnly && (
        <Flex justify="end" className="json-foot">
          <Button size="small" disabled={onTidy === undefined} onClick={onTidy}>
            {t('rulebooks:json.tidy')}
          </Button>
        </Flex>
      )}
    </>
  );
}

/** Shows a place of the text, selected. */
export function showPlace(area: HTMLTextAreaElement | null, text: string, { from, to }: Range): void {
  if (area !== null) {
    area.focus();
    area.setSelectionRange(from, to);
    area.scrollTop = Math.max(0, (lineOf(text, from) - 4) * LINE);
    area.scrollLeft = 0;
  }
}
