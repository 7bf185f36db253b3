/**
 * Keeps an installation in order over the years: knows the home folder again, so that a copy or an old backup never
 * sends by itself, makes backups and brings them back, and looks for what could go wrong.
 *
 * <p>A home folder is known by a mark that stands twice. Inside the database it moves on with everything that an older
 * database must not forget: mails that were sent, people who left. In a file beside it stands the same, with the place:
 * the machine, the folder's real path, and the numbers that the file system gave to folder and file. So a database that
 * was copied elsewhere, a folder that was copied or moved, and a database that is older than the last mail are known.
 * What cannot be known is a copy of the whole disk, and a folder whose every file was overwritten in place by an older
 * one.
 */
@NullMarked
package io.courant.upkeep;

import org.jspecify.annotations.NullMarked;
