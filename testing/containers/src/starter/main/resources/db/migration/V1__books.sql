CREATE TABLE book (
  id ${identity} PRIMARY KEY,
  title VARCHAR(255) NOT NULL
);

CREATE TABLE account (
  name VARCHAR(100) PRIMARY KEY,
  password VARCHAR(100) NOT NULL,
  roles VARCHAR(100) NOT NULL,
  locked BOOLEAN NOT NULL DEFAULT FALSE
);

INSERT INTO book (title) VALUES ('Moby-Dick');
INSERT INTO account (name, password, roles) VALUES ('alice', '{noop}alice', 'USER');
INSERT INTO account (name, password, roles) VALUES ('bob', '{noop}bob', 'USER STAFF ADMIN');
