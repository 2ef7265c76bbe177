-- What a chain says of its goods, by which rule books rate the lines of orders. The stock system of the chain writes it;
-- nothing here counts stock.

-- How far the catalogue of a program is, its stores' facts included. Whoever changes it holds this row until the commit, so
-- versions become visible in their order: a node that has read up to one misses none before it.
CREATE TABLE catalogue (
  program_id text COLLATE "C" PRIMARY KEY REFERENCES program,
  version    bigint           NOT NULL CHECK (version >= 0),
  products   integer          NOT NULL CHECK (products >= 0)
);

-- A product is never removed: orders that name it may come late, and are rated by its class all the same.
CREATE TABLE product (
  program_id   text COLLATE "C" NOT NULL REFERENCES catalogue,
  product_id   text COLLATE "C" NOT NULL,
  name         text             NOT NULL,
  -- A path, such as food/milk.
  category     text COLLATE "C",
  margin_class text COLLATE "C",
  tags         text[]           NOT NULL,
  -- Minor units of the program's currency.
  price        bigint           CHECK (price >= 0),
  active       boolean          NOT NULL,
  -- The catalogue's version that changed it last.
  version      bigint           NOT NULL,
  PRIMARY KEY (program_id, product_id)
);

-- Nodes read what has changed since they last looked.
CREATE UNIQUE INDEX product_by_change ON product (program_id, version, product_id);
