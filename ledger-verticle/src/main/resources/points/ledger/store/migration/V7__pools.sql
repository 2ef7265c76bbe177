-- Points that several members share. A pool's points are those of a member of its own name, so that
-- nothing about them is different; here is who may put in and take out.
CREATE TABLE pool (
  program_id text COLLATE "C" NOT NULL,
  pool_id    text COLLATE "C" NOT NULL,
  name       text             NOT NULL,
  created_at timestamptz      NOT NULL DEFAULT date_trunc('milliseconds', now()),
  PRIMARY KEY (program_id, pool_id),
  FOREIGN KEY (program_id, pool_id) REFERENCES member (program_id, member_id)
);

CREATE TABLE pool_member (
  program_id text COLLATE "C" NOT NULL,
  pool_id    text COLLATE "C" NOT NULL,
  member_id  text COLLATE "C" NOT NULL,
  PRIMARY KEY (program_id, pool_id, member_id),
  FOREIGN KEY (program_id, pool_id) REFERENCES pool,
  FOREIGN KEY (program_id, member_id) REFERENCES member (program_id, member_id)
);
-- The pools of a member that ends.
CREATE INDEX pool_member_pools ON pool_member (program_id, member_id);
