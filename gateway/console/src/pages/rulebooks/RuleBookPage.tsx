import { useQuery } from '@tanstack/react-query';
import { useParams } from 'react-router';
import { Loaded } from '../../parts/Loaded';
import { BookEditor } from './BookEditor';
import { bookQuery } from './queries';
import './late';

/** One rule book: in words, as JSON, with what it changes. */
export default function RuleBookPage() {
  const { ruleBookId = '' } = useParams();
  const book = useQuery(bookQuery(ruleBookId));
  return <Loaded query={book}>{(seen) => <BookEditor key={ruleBookId} book={seen} />}</Loaded>;
}
