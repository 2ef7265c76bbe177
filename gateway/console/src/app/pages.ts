import type { ComponentType, LazyExoticComponent, ReactNode } from 'react';
import type { Session } from '../api/session';

/** A page of the console. Each has a folder below `pages`, and exports one or more from its `route.tsx`. */
export interface ConsolePage {
  /** The path below `/console/`, with parameters as react-router has them. */
  path: string;
  /** The page itself, loaded when it is opened first. */
  page: LazyExoticComponent<ComponentType>;
  /** Whether this person may open it. */
  allowed: (session: Session) => boolean;
  /** Its place in the menu; a page without one is reached from other pages. */
  menu?: { label: string; icon: ReactNode; order: number };
}

const modules = import.meta.glob<{ default: ConsolePage | ConsolePage[] }>('../pages/*/route.tsx', { eager: true });

export const allPages: ConsolePage[] = Object.values(modules)
  .flatMap((it) => it.default)
  .sort((one, other) => (one.menu?.order ?? 0) - (other.menu?.order ?? 0));

const loaders = Object.values(import.meta.glob('../pages/*/*Page.tsx'));

/** Loads all pages ahead, so that they open also when the gateway is away for a moment. */
export function loadAhead(): void {
  loaders.forEach((load) => void load().catch(() => undefined));
}

/** The pages that this person may open. */
export const pagesOf = (session: Session): ConsolePage[] => allPages.filter((page) => page.allowed(session));
