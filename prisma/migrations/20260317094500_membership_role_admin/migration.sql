-- AlterEnum
ALTER TYPE "membership_role" ADD VALUE 'ADMIN' BEFORE 'MEMBER';
