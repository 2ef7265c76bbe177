import { useQuery, useQueryClient } from '@tanstack/react-query';
import { Alert, App, Button, Flex, Form, Modal, Space } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { api, versioned, type Schemas, type Versioned } from '../../api/client';
import { ProblemError } from '../../api/problem';
import { may, useSession } from '../../api/session';
import { Hint, Loaded } from '../../parts/Loaded';
import { Page } from '../../parts/Page';
import { ProblemAlert, useFieldErrors } from '../../parts/ProblemView';
import { programQuery } from '../../parts/program';
import { Differences } from './Differences';
import { differences, programField, rebased, toFields, toRequest, type ProgramFields } from './form';
import { ProgramSections } from './ProgramSections';
import { SaveBar } from './SaveBar';

type Program = Versioned<Schemas['Program']>;

const readProgram = () => versioned(api.GET('/v1/program'));

/** All rules of the program, each with what it means. */
export default function ProgramPage() {
  // Read when the page opens and not again: what somebody else changes meanwhile does not take a form away.
  const [opened] = useState(() => crypto.randomUUID());
  const program = useQuery({ queryKey: ['program', 'version', opened], queryFn: readProgram, staleTime: Infinity });
  return <Loaded query={program}>{(seen) => <ProgramEditor program={seen} />}</Loaded>;
}

/** The form, begun anew whenever it gets another version of the program to start from. */
function ProgramEditor({ program }: { program: Program }) {
  const [begun, setBegun] = useState({ base: program, fields: toFields(program.value), round: 0 });
  const begin = (base: Program, fields = toFields(base.value)) => setBegun(({ round }) => ({ base, fields, round: round + 1 }));
  return <ProgramForm key={begun.round} base={begun.base} fields={begun.fields} onBegin={begin} />;
}

interface ProgramFormProps {
  /** The version that is changed. */
  base: Program;
  /** What the form starts with. */
  fields: ProgramFields;
  onBegin: (base: Program, fields?: ProgramFields) => void;
}

function ProgramForm({ base, fields, onBegin }: ProgramFormProps) {
  const { t } = useTranslation();
  const session = useSession();
  const client = useQueryClient();
  const { message } = App.useApp();
  const [form] = Form.useForm<ProgramFields>();
  const fieldErrors = useFieldErrors(programField);
  const [wanted, setWanted] = useState<ProgramFields>();
  const [theirs, setTheirs] = useState<Program>();
  const [saving, setSaving] = useState(false);
  const [problem, setProblem] = useState<ProblemError>();
  const mayChange = may(session, 'setUp');
  const before = toFields(base.value);
  const current = () => form.getFieldsValue(true) as ProgramFields;

  const save = async (changed: ProgramFields) => {
    setSaving(true);
    setProblem(undefined);
    try {
      const saved = await versioned(api.PUT('/v1/program', { params: { header: { 'If-Match': base.tag } }, body: toRequest(changed) }));
      void message.success(t('done'));
      client.setQueryData(programQuery.queryKey, saved.value);
      onBegin(saved);
    } catch (cause) {
      const failed = ProblemError.from(cause);
      setWanted(undefined);
      if (failed.code === 'changed_meanwhile') {
        setTheirs(await readProgram().catch(() => undefined));
      }
      setProblem(failed.status === 401 ? undefined : failed); // The sign-in says that the session has ended.
      form.setFields(fieldErrors(failed));
    } finally {
      setSaving(false);
    }
  };

  const wantedChanges = wanted === undefined ? [] : differences(before, wanted);
  return (
    <Form<ProgramFields>
      form={form}
      layout="vertical"
      disabled={!mayChange}
      initialValues={fields}
      scrollToFirstError
      onFinish={() => setWanted(current())}
    >
      <Page title={t('program:title')}>
        {!mayChange && <Hint>{t('program:readOnly')}</Hint>}
        {problem !== undefined && <ProblemAlert problem={problem} />}
        {theirs !== undefined && (
          <Alert
            type="warning"
            showIcon
            className="space-below"
            title={t('program:meanwhile.title')}
            description={
              <>
                <Differences of={differences(before, toFields(theirs.value))} />
                <Space wrap>
                  <Button type="primary" onClick={() => onBegin(theirs, rebased(before, current(), toFields(theirs.value)))}>
                    {t('program:meanwhile.keep')}
                  </Button>
                  <Button onClick={() => onBegin(theirs)}>{t('program:meanwhile.drop')}</Button>
                </Space>
              </>
            }
          />
        )}
        <Flex vertical gap={16}>
          <ProgramSections form={form} currency={base.value.currency} />
        </Flex>
        {mayChange && <SaveBar form={form} before={before} onDiscard={() => onBegin(base)} />}
      </Page>
      {wanted !== undefined && (
        <Modal
          open
          title={t('program:confirm')}
          okText={t('save')}
          cancelText={t('cancel')}
          confirmLoading={saving}
          okButtonProps={{ disabled: wantedChanges.length === 0, autoFocus: true }}
          onOk={() => void save(wanted)}
          onCancel={() => setWanted(undefined)}
        >
          <p>{t(wantedChanges.length === 0 ? 'program:nothing' : 'program:effect')}</p>
          <Differences of={wantedChanges} />
        </Modal>
      )}
    </Form>
  );
}
