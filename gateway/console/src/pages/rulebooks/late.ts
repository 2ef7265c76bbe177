import { addTexts } from '../../i18n/late';
import { en, namespace, zh } from './lateTexts';

addTexts(namespace, { en, zh });
