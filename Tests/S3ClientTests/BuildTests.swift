import S3Client
import Testing
